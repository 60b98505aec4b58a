// A whole history as a stream: commits are handed on as git writes them, so that memory does not grow with the history.
import { spawn } from "node:child_process";
import type { Problem } from "#app/problem.ts";
import { err, ok, type Result } from "#core/base/result.ts";
import type { DatedTag } from "#core/changelog/history.ts";
import type { CommitRecord } from "#core/versioning/reverts.ts";
import { isRevision } from "./names.ts";
import { argvOf, complaint, environmentOf, type GitPlace, runGit } from "./run.ts";

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

const FIELDS = ["%H", "%P", "%ae", "%B"].join("%x1f");

/**
 * Hands on every commit that a revision reaches, children before their parents.
 * @throws {Error} when git breaks off: the world is lost for now
 */
export async function readHistory(
  place: GitPlace,
  revision: string,
  take: (commit: CommitRecord) => void,
): Read<void> {
  if (!isRevision(revision)) return noCommit(revision);
  const argv = [
    "log",
    "-z",
    "--topo-order",
    "--no-color",
    `--format=${FIELDS}`,
    "--end-of-options",
    revision,
    "--",
  ];
  const child = spawn("git", argvOf(argv), {
    cwd: place.cwd,
    env: environmentOf(place),
    stdio: ["ignore", "pipe", "pipe"],
    windowsHide: true,
  });
  const ended = new Promise<number | null>((done, lost) => {
    child.once("error", lost);
    child.once("close", done);
  });
  let complaints = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    complaints = (complaints + text).slice(0, 2000);
  });
  // Each commit becomes a text of its own: a slice of a chunk would keep the whole chunk in memory.
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of child.stdout as AsyncIterable<Buffer>) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let from = 0;
    for (let to = bytes.indexOf(0); to >= 0; to = bytes.indexOf(0, from)) {
      take(readRow(bytes.toString("utf8", from, to)));
      from = to + 1;
    }
    rest = bytes.subarray(from);
  }
  const code = await ended;
  if (code === 0) {
    if (rest.length > 0) take(readRow(rest.toString()));
    return ok(undefined);
  }
  if (/unknown revision|bad revision|does not have any commits/.test(complaints))
    return noCommit(revision);
  throw new Error(
    `git log failed: ${complaint({ end: "exited", code: code ?? -1, out: "", err: complaints })}`,
  );
}

function readRow(row: string): CommitRecord {
  const [id = "", parents = "", author = "", ...message] = row.split("\x1f");
  return {
    id,
    parents: parents === "" ? [] : parents.split(" "),
    author: author.toLowerCase(),
    message: message.length === 1 ? (message[0] ?? "") : message.join("\x1f"),
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
