// The team's repository through the git binary: one fixed command for each thing that is asked, names checked before,
// everything of the caller's behind `--end-of-options`.
import { stat } from "node:fs/promises";
import type { Commit, Repository, TagRef } from "#app/ports/outside.ts";
import { err, ok, type Result } from "#core/base/result.ts";
import { MINUTE, SECOND } from "#core/base/time.ts";
import { advance, pushRef } from "./git/branches.ts";
import { commitFiles, readText } from "./git/files.ts";
import { globMatcher } from "./git/globs.ts";
import { isId, isRevision } from "./git/names.ts";
import { type GitPlace, gitOutput, runGit } from "./git/run.ts";
import { setTag } from "./git/tags.ts";
import { entriesOf, writeTree } from "./git/tree.ts";

/** Why a folder cannot be worked with, for people. */
export interface RepositoryRefusal {
  readonly code: "no-git" | "no-folder" | "no-repository" | "not-trusted" | "no-commits";
  readonly sentence: string;
  readonly remedy: string;
}

/**
 * The repository that a folder lies in.
 * @param machine where programs are looked for and the user's home, as the environment says them
 */
export async function openRepository(
  folder: string,
  machine: { readonly path?: string | undefined; readonly home?: string | undefined } = {},
): Promise<Result<Repository, RepositoryRefusal>> {
  const isFolder = await stat(folder).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (!isFolder)
    return refuse("no-folder", `There is no folder ${folder}.`, "Name a folder of the repository.");
  const run = await runGit({ ...machine, cwd: folder }, ["rev-parse", "--show-toplevel"]);
  if (run.end === "not-started")
    return refuse(
      "no-git",
      "There is no git on this machine.",
      "Install git, and see that PATH leads to it.",
    );
  if (run.code !== 0) return refuseFolder(folder, run.err);
  const place = { ...machine, cwd: run.out.replace(/\n$/, "") };
  if ((await idOf(place, "HEAD")) === null)
    return refuse(
      "no-commits",
      `The repository ${place.cwd} has no commits.`,
      "Make a first commit, then try again.",
    );
  return ok(repositoryAt(place));
}

function repositoryAt(place: GitPlace): Repository {
  return {
    root: place.cwd,
    head: () => known(place, "HEAD"),
    isDirty: async () =>
      (await gitOutput(place, ["status", "--porcelain", "-z", "--untracked-files=no"])) !== "",
    isShallow: async () =>
      (await gitOutput(place, ["rev-parse", "--is-shallow-repository"])).trim() === "true",
    resolve: (name) => idOf(place, name),
    commits: (from, to) => commitsOf(place, from, to),
    tags: (of) => tagsOf(place, of),
    files: async (commit, globs) => {
      const entries = await entriesOf(place, await known(place, commit));
      const matchers = globs.map(globMatcher);
      return entries
        .filter(({ path }) => matchers.some((matches) => matches(path)))
        .map(({ path, blob }) => ({ path, blob }));
    },
    read: async (commit, path) => readText(place, await known(place, commit), path),
    tag: (ask) => setTag(place, ask, (name) => idOf(place, name)),
    commitFiles: (ask) => commitFiles(place, ask),
    mark: async (name, commit) => {
      await gitOutput(place, ["update-ref", "--end-of-options", `refs/holdpoint/${name}`, commit]);
    },
    advance: (branch, from, to) => advance(place, branch, { from, to }),
    push: (remote, branch, commit) =>
      pushRef(place, { remote, ref: `refs/heads/${branch}`, id: commit }),
    checkOut: async (commit, folder) => writeTree(place, await known(place, commit), folder),
  };
}

/** The commit that a name stands for; null where there is none, or the text can be no name. */
async function idOf(place: GitPlace, name: string): Promise<string | null> {
  if (!isRevision(name)) return null;
  const run = await runGit(place, [
    "rev-parse",
    "--verify",
    "--quiet",
    "--end-of-options",
    `${name}^{commit}`,
  ]);
  const id = run.end === "exited" && run.code === 0 ? run.out.trim() : "";
  return isId(id) ? id : null;
}

/** The commit that a name stands for. @throws {Error} where there is none */
async function known(place: GitPlace, name: string): Promise<string> {
  const id = await idOf(place, name);
  if (id === null)
    throw new Error(`The repository has no commit ${JSON.stringify(name.slice(0, 80))}.`);
  return id;
}

const FIELDS = ["%H", "%P", "%ae", "%ce", "%aN", "%ct", "%B"].join("%x1f");

async function commitsOf(place: GitPlace, from: string | null, to: string): Promise<Commit[]> {
  const range = [
    await known(place, to),
    ...(from === null ? [] : [`^${await known(place, from)}`]),
  ];
  const out = await gitOutput(
    place,
    [
      "log",
      "-z",
      "--topo-order",
      "--no-color",
      `--format=${FIELDS}`,
      "--end-of-options",
      ...range,
      "--",
    ],
    { timeout: 2 * MINUTE, most: 512 * 1024 * 1024 },
  );
  return out
    .split("\0")
    .filter((row) => row !== "")
    .map(readCommitRow);
}

function readCommitRow(row: string): Commit {
  const [id = "", parents = "", author = "", committer = "", name = "", at = "", ...message] =
    row.split("\x1f");
  return {
    id,
    parents: parents.split(" ").filter((parent) => parent !== ""),
    author: author.toLowerCase(),
    committer: committer.toLowerCase(),
    name,
    at: Number(at) * SECOND,
    message: message.join("\x1f"),
  };
}

const TAG_FIELDS = ["refname:strip=2", "objecttype", "objectname", "*objecttype", "*objectname"]
  .map((field) => `%(${field})`)
  .join("%00");

async function tagsOf(place: GitPlace, of: string): Promise<TagRef[]> {
  const commit = await known(place, of);
  const out = await gitOutput(place, [
    "for-each-ref",
    `--merged=${commit}`,
    `--format=${TAG_FIELDS}`,
    "--end-of-options",
    "refs/tags",
  ]);
  const rows = out.split("\n").filter((row) => row !== "");
  const tags = rows.map(async (row): Promise<TagRef[]> => {
    const [name = "", type, id = "", peeledType, peeled = ""] = row.split("\0");
    if (type === "commit") return [{ name, commit: id }];
    if (peeledType === "commit") return [{ name, commit: peeled }];
    const deep = await idOf(place, `refs/tags/${name}`);
    return deep === null ? [] : [{ name, commit: deep }];
  });
  return (await Promise.all(tags)).flat();
}

function refuseFolder(folder: string, complaint: string) {
  if (complaint.includes("dubious ownership"))
    return refuse(
      "not-trusted",
      `Git does not trust ${folder}, because it belongs to another user.`,
      `Run \`git config --global --add safe.directory ${folder}\` if you trust it.`,
    );
  if (complaint.includes("must be run in a work tree"))
    return refuse(
      "no-repository",
      `${folder} is a bare repository, without a work tree.`,
      "Name a clone with a work tree.",
    );
  return refuse(
    "no-repository",
    `${folder} lies in no git repository.`,
    "Run `git init`, or name a folder of a clone.",
  );
}

function refuse(code: RepositoryRefusal["code"], sentence: string, remedy: string) {
  return err({ code, sentence, remedy });
}
