// Writing the tree of a commit somewhere else, without a trace in the user's work tree and index.
import { mkdir, mkdtemp, readdir, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { MINUTE } from "#core/base/time.ts";
import { type GitPlace, gitOutput } from "./run.ts";

/** One entry of a tree. */
export interface Entry {
  /** 100644, 100755 (files), 120000 (symbolic link), 160000 (the commit of a submodule). */
  readonly mode: string;
  readonly blob: string;
  readonly path: string;
}

/** All entries below a commit, sorted by path. */
export async function entriesOf(place: GitPlace, commit: string): Promise<readonly Entry[]> {
  const out = await gitOutput(place, ["ls-tree", "-r", "-z", "--full-tree", commit], {
    most: 256 * 1024 * 1024,
  });
  return out
    .split("\0")
    .flatMap((row) => {
      const [, mode, blob, path] = /^(\d{6}) \w+ ([0-9a-f]+)\t(.+)$/s.exec(row) ?? [];
      return mode && blob && path ? [{ mode, blob, path }] : [];
    })
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

/**
 * Writes the tree of a commit into a folder that is empty or missing: as a checkout would, in an index of its own, in a
 * folder beside the wanted one that takes its name only when it is whole.
 * @throws {Error} when the folder is not empty, or a symbolic link of the tree leads out of it
 */
export async function writeTree(place: GitPlace, commit: string, folder: string): Promise<void> {
  const entries = await entriesOf(place, commit);
  const links = await linksOf(place, entries);
  const stray = [...links.keys()].find((path) => leadsOut(path, links));
  if (stray !== undefined)
    throw new Error(`The symbolic link ${stray} of commit ${commit} leads out of its tree.`);
  const there = await readdir(folder).catch(() => []);
  if (there.length > 0) throw new Error(`The folder ${folder} is not empty.`);
  await mkdir(dirname(folder), { recursive: true });
  const temporary = await mkdtemp(join(dirname(folder), `.${basename(folder)}-`));
  try {
    const tree = join(temporary, "tree");
    await mkdir(tree);
    await gitOutput(
      place,
      ["-c", "core.sparseCheckout=false", "read-tree", "--reset", "-u", commit],
      {
        timeout: 10 * MINUTE,
        env: {
          GIT_INDEX_FILE: join(temporary, "index"),
          GIT_WORK_TREE: tree,
          GIT_DIR: await gitDir(place),
        },
      },
    );
    await rename(tree, folder);
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

async function gitDir(place: GitPlace): Promise<string> {
  return (await gitOutput(place, ["rev-parse", "--absolute-git-dir"])).replace(/\n$/, "");
}

/** The symbolic links of a tree and where they point. */
async function linksOf(
  place: GitPlace,
  entries: readonly Entry[],
): Promise<ReadonlyMap<string, string>> {
  const links = entries.filter(({ mode }) => mode === "120000");
  if (links.length === 0) return new Map();
  // One byte is one character in latin1, so that the sizes git states can be counted off.
  let rest = await gitOutput(place, ["cat-file", "--batch"], {
    stdin: links.map(({ blob }) => `${blob}\n`).join(""),
    encoding: "latin1",
  });
  const targets = new Map<string, string>();
  for (const { path } of links) {
    const [head = "", size = ""] = /^\S+ \S+ (\d+)\n/.exec(rest) ?? [];
    const end = head.length + Number(size);
    targets.set(path, Buffer.from(rest.slice(head.length, end), "latin1").toString());
    rest = rest.slice(end + 1);
  }
  return targets;
}

/** A walk along more links than this goes in a circle. */
const MAX_LINKS = 40;

/**
 * Whether following a link leaves the tree. The walk is made on the names alone, through the tree's other links, since
 * `..` behind a link to a folder leads from where that link points.
 */
export function leadsOut(path: string, links: ReadonlyMap<string, string>): boolean {
  const stood: string[] = [];
  const ahead = stepsOf(path);
  let followed = 0;
  for (let name = ahead.shift(); name !== undefined; name = ahead.shift()) {
    const target = links.get([...stood, name].join("/"));
    if (name === "..") {
      if (stood.pop() === undefined) return true;
    } else if (target === undefined) stood.push(name);
    else if (target.startsWith("/")) return true;
    else {
      followed += 1;
      if (followed > MAX_LINKS) return false;
      ahead.unshift(...stepsOf(target));
    }
  }
  return false;
}

function stepsOf(path: string): string[] {
  return path.split("/").filter((name) => name !== "" && name !== ".");
}
