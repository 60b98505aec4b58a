// Writing the tree of a commit somewhere else, without a trace in the user's work tree and index.
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
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
 * folder beside the wanted one that takes its name only when it is whole. A folder that this commit was written into
 * before is left as it is, with whatever commands have made of it since.
 * @throws {Error} when the folder holds anything else, or a symbolic link of the tree leads out of it
 */
export async function writeTree(place: GitPlace, commit: string, folder: string): Promise<void> {
  if (await isWritten(commit, folder)) return;
  await refuseStrayLinks(place, commit);
  await mkdir(dirname(folder), { recursive: true });
  const temporary = await mkdtemp(join(dirname(folder), `.${basename(folder)}-`));
  try {
    const tree = join(temporary, "tree");
    await mkdir(tree);
    const env = {
      GIT_INDEX_FILE: join(temporary, "index"),
      GIT_WORK_TREE: tree,
      GIT_DIR: await gitDir(place),
    };
    const argv = ["-c", "core.sparseCheckout=false", "read-tree", "--reset", "-u", commit];
    await gitOutput(place, argv, { timeout: 10 * MINUTE, env });
    // The mark comes first: a mark without a folder is written over, a folder without a mark would be in the way.
    await writeFile(join(temporary, "mark"), commit);
    await rename(join(temporary, "mark"), markOf(folder));
    await rename(tree, folder).catch(async (fault) => {
      if (!(await isWritten(commit, folder))) throw fault;
    });
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

/** The file beside a folder that says which commit was written into it. */
function markOf(folder: string): string {
  return join(dirname(folder), `.${basename(folder)}.commit`);
}

async function isWritten(commit: string, folder: string): Promise<boolean> {
  const there = await readdir(folder).catch(() => []);
  if (there.length === 0) return false;
  const mark = await readFile(markOf(folder), "utf8").catch(() => null);
  if (mark === commit) return true;
  throw new Error(`The folder ${folder} is not empty, and not of commit ${commit.slice(0, 8)}.`);
}

async function refuseStrayLinks(place: GitPlace, commit: string): Promise<void> {
  const links = await linksOf(place, await entriesOf(place, commit));
  const stray = [...links.keys()].find((path) => leadsOut(path, links));
  if (stray !== undefined)
    throw new Error(`The symbolic link ${stray} of commit ${commit} leads out of its tree.`);
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
