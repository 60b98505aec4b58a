// The look at a repository that guesses are made from. It reads; it runs nothing of the repository's own.
import { constants } from "node:fs";
import { open } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Repository } from "#app/ports/outside.ts";
import type { RepositoryFacts } from "./facts.ts";

/** Files whose text says something; each is read to its first 64 KiB, and no more than forty of them. */
const TELLING =
  /^(?:package\.json|(?:vitest|vite|jest)\.config\.[cm]?[jt]s|\.c8rc(?:\.json)?|\.nycrc(?:\.json)?|(?:\.github\/|docs\/)?CODEOWNERS|\.github\/workflows\/[^/]+\.ya?ml)$/;
const MAX_TEXTS = 40;
const MAX_TEXT = 64 * 1024;
const BRANCHES = ["main", "master", "trunk", "develop"];
const MAX_COMMITS = 200;

/** Looks at the head commit of a repository, and at its telling files as they lie in the work tree. */
export async function look(repository: Repository): Promise<RepositoryFacts> {
  const head = await repository.head();
  const files = (await repository.files(head, ["**"])).map(({ path }) => path);
  const telling = files.filter((path) => TELLING.test(path)).slice(0, MAX_TEXTS);
  const texts = await Promise.all(
    telling.map(async (path) => [path, await textOf(join(repository.root, path))] as const),
  );
  return {
    folder: basename(repository.root),
    files,
    texts: Object.fromEntries(
      texts.filter((entry): entry is [string, string] => entry[1] !== null),
    ),
    tags: (await repository.tags(head)).map(({ name }) => name),
    branch: await branchOf(repository),
    authors: await authorsOf(repository, head),
  };
}

async function textOf(path: string): Promise<string | null> {
  // A link could lead anywhere, and a pipe would never end.
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
  const file = await open(path, flags).catch(() => null);
  if (file === null) return null;
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(MAX_TEXT), 0, MAX_TEXT, 0);
    return buffer.subarray(0, bytesRead).toString();
  } catch {
    return null;
  } finally {
    await file.close();
  }
}

async function branchOf(repository: Repository): Promise<string | null> {
  for (const branch of BRANCHES)
    if ((await repository.resolve(`refs/heads/${branch}`)) !== null) return branch;
  return null;
}

/** Who wrote the last commits, most of them first. */
async function authorsOf(repository: Repository, head: string): Promise<readonly string[]> {
  const counts = new Map<string, number>();
  for (const { author, parents } of (await repository.commits(null, head)).slice(0, MAX_COMMITS))
    if (parents.length < 2) counts.set(author, (counts.get(author) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]).map(([author]) => author);
}
