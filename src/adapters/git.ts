// The team's repository through the git binary: one fixed command for each thing that is asked, names checked before,
// everything of the caller's behind `--end-of-options`.
import { stat } from "node:fs/promises";
import type { History } from "#app/ports/history.ts";
import type { Repository } from "#app/ports/outside.ts";
import { globMatcher } from "#core/base/globs.ts";
import { err, ok, type Result } from "#core/base/result.ts";
import { advance, pushRef } from "./git/branches.ts";
import { commitFiles } from "./git/files.ts";
import { historyAt, idOf, known } from "./git/recall.ts";
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
  machine: Machine = {},
): Promise<Result<Repository, RepositoryRefusal>> {
  const found = await placeOf(folder, machine);
  if (!found.ok) return found;
  const { top } = found.value;
  if (top === null)
    return refuse(
      "no-repository",
      `${folder} is a bare repository, without a work tree.`,
      "Name a clone with a work tree.",
    );
  return ok(repositoryAt({ ...machine, cwd: top }));
}

/** The history that a folder lies in; a bare repository has one, too. */
export async function openHistory(
  folder: string,
  machine: Machine = {},
): Promise<Result<History, RepositoryRefusal>> {
  const found = await isBareAt(folder, machine);
  if (!found.ok) return found;
  return ok(historyAt({ ...machine, cwd: folder }));
}

interface Machine {
  readonly path?: string | undefined;
  readonly home?: string | undefined;
}

/** Whether the repository of a folder is a bare one. */
async function isBareAt(
  folder: string,
  machine: Machine,
): Promise<Result<boolean, RepositoryRefusal>> {
  const isFolder = await stat(folder).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (!isFolder)
    return refuse("no-folder", `There is no folder ${folder}.`, "Name a folder of the repository.");
  const place = { ...machine, cwd: folder };
  const run = await runGit(place, ["rev-parse", "--is-bare-repository"]);
  if (run.end === "not-started")
    return refuse(
      "no-git",
      "There is no git on this machine.",
      "Install git, and see that PATH leads to it.",
    );
  if (run.code !== 0) return refuseFolder(folder, run.err);
  return ok(run.out.trim() === "true");
}

/** The top of the work tree; null for a bare repository. */
async function placeOf(
  folder: string,
  machine: Machine,
): Promise<Result<{ readonly top: string | null }, RepositoryRefusal>> {
  const bare = await isBareAt(folder, machine);
  if (!bare.ok) return bare;
  if (bare.value) return ok({ top: null });
  const place = { ...machine, cwd: folder };
  const shown = await runGit(place, ["rev-parse", "--show-toplevel"]);
  if (shown.end !== "exited" || shown.code !== 0)
    return refuseFolder(folder, shown.end === "exited" ? shown.err : "");
  const top = shown.out.replace(/\n$/, "");
  if ((await idOf(place, "HEAD")) === null)
    return refuse(
      "no-commits",
      `The repository ${top} has no commits.`,
      "Make a first commit, then try again.",
    );
  return ok({ top });
}

function repositoryAt(place: GitPlace): Repository {
  return {
    ...historyAt(place),
    root: place.cwd,
    head: () => known(place, "HEAD"),
    isDirty: async () =>
      (await gitOutput(place, ["status", "--porcelain", "-z", "--untracked-files=no"])) !== "",
    files: async (commit, globs) => {
      const entries = await entriesOf(place, await known(place, commit));
      const matchers = globs.map(globMatcher);
      return entries
        .filter(({ path }) => matchers.some((matches) => matches(path)))
        .map(({ path, blob }) => ({ path, blob }));
    },
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

function refuseFolder(folder: string, complaint: string) {
  if (complaint.includes("dubious ownership"))
    return refuse(
      "not-trusted",
      `Git does not trust ${folder}, because it belongs to another user.`,
      `Run \`git config --global --add safe.directory ${folder}\` if you trust it.`,
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
