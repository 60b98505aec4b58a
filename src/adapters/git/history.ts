// A whole history as a stream: commits are handed on as git writes them, so that memory does not grow with the history.
import type { Problem } from "#app/problem.ts";
import { err, ok, type Result } from "#core/base/result.ts";
import { SECOND } from "#core/base/time.ts";
import type { DatedTag } from "#core/changelog/history.ts";
import type { CommitRecord } from "#core/versioning/reverts.ts";
import { fieldsOf, parentsIn, readRows } from "./log.ts";
import { isRevision } from "./names.ts";
import { idOf } from "./recall.ts";
import { complaint, type GitPlace, runGit } from "./run.ts";

type Read<Value> = Promise<Result<Value, readonly Problem[]>>;

const TAG_FIELDS = ["refname:strip=2", "objectname", "*objectname", "creatordate:unix"]
  .map((field) => `%(${field})`)
  .join("%00");

/** All tags of the repository at a place, with their dates; a bare repository will do. A cut history is refused. */
export async function datedTags(place: GitPlace): Read<readonly DatedTag[]> {
  const cut = await runGit(place, ["rev-parse", "--is-shallow-repository"]);
  if (cut.end === "not-started")
    return refuse(
      "no-git",
      "There is no git on this machine.",
      "Install git, and see that PATH leads to it.",
    );
  if (cut.code !== 0)
    return refuse(
      "no-repository",
      `${place.cwd} lies in no git repository.`,
      "Run it in a clone of the repository.",
    );
  if (cut.out.trim() === "true")
    return refuse(
      "shallow-clone",
      "The clone is shallow, so commits and tags are missing from its history.",
      "Fetch all of it with `git fetch --unshallow --tags`, then try again.",
    );
  const run = await runGit(place, ["for-each-ref", `--format=${TAG_FIELDS}`, "refs/tags"]);
  if (run.end !== "exited" || run.code !== 0)
    throw new Error(`git for-each-ref failed: ${complaint(run)}`);
  return ok(
    run.out
      .split("\n")
      .filter((row) => row !== "")
      .map(readTag),
  );
}

function readTag(row: string): DatedTag {
  const [name = "", id = "", peeled = "", at = ""] = row.split("\0");
  return { name, commit: peeled === "" ? id : peeled, at: Number(at) };
}

/** Only what a changelog needs: a caller may hold a whole history. */
const FIELDS = ["%H", "%P", "%ae", "%at", "%aN", "%B"];

/**
 * Hands on every commit that a revision reaches, children before their parents.
 * @throws {Error} when git breaks off: the world is lost for now
 */
export async function readHistory(
  place: GitPlace,
  revision: string,
  take: (commit: CommitRecord & { readonly name: string }) => void,
): Read<void> {
  if (!isRevision(revision)) return noCommit(revision);
  try {
    const ask = { of: [revision], without: [], fields: FIELDS };
    await readRows(place, ask, (row) => take(recordOf(row)));
  } catch (error) {
    // Asked only now: each start of git costs as much as reading a thousand commits.
    if ((await idOf(place, revision)) === null) return noCommit(revision);
    throw error;
  }
  return ok(undefined);
}

function recordOf(row: string): CommitRecord & { readonly name: string } {
  const fields = fieldsOf(row, FIELDS.length);
  return {
    id: fields[0] ?? "",
    parents: parentsIn(fields[1] ?? ""),
    author: (fields[2] ?? "").toLowerCase(),
    authoredAt: Number(fields[3]) * SECOND,
    name: fields[4] ?? "",
    message: fields[5] ?? "",
  };
}

function noCommit(revision: string) {
  return refuse(
    "no-commit",
    `The repository has no commit ${revision.slice(0, 80)}.`,
    "Name a branch, a tag or a commit that it has.",
  );
}

function refuse(code: string, sentence: string, remedy: string) {
  return err([{ code, sentence, remedy }]);
}
