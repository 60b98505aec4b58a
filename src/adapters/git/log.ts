// The history through one `git log`, read as it comes: fields end with NUL, which no message and no path can hold.
import { spawn } from "node:child_process";
import type { Commit } from "#app/ports/history.ts";
import { MINUTE, SECOND } from "#core/base/time.ts";
import { complaint, type GitPlace, gitEnvironment, wholeArgv } from "./run.ts";

export interface LogAsk {
  /** Ids of commits whose history is wanted. */
  readonly of: readonly string[];
  /** Ids of commits whose history is left out. */
  readonly without: readonly string[];
  /** Whether everything that any tag can reach is wanted as well. */
  readonly tags?: boolean;
  /** Whether the paths that each commit touches are wanted, too; a merge's are those that it brings. */
  readonly files?: boolean;
}

/** Names are the mailmap's; addresses are those of the commit itself, for no file may make one person another. */
const FIELDS = ["%H", "%P", "%ae", "%ce", "%ct", "%at", "%aN", "%B"];
const TIMEOUT = 10 * MINUTE;
/** No history is read beyond this, in characters. */
const MOST = 4 * 1024 * 1024 * 1024;

/**
 * Hands over each commit, children before their parents. Memory holds what the caller keeps.
 * @throws {Error} when git fails or does not end in time
 */
export function readLog(
  place: GitPlace,
  { of, without, tags = false, files = false }: LogAsk,
  take: (commit: Commit) => void,
): Promise<void> {
  const argv = [
    "log",
    "-z",
    "--topo-order",
    "--no-color",
    // An empty field begins each commit where paths follow: no path is empty.
    `--format=tformat:${files ? "%x00" : ""}${FIELDS.join("%x00")}`,
    ...(files ? ["--name-only", "--no-renames", "--diff-merges=first-parent"] : []),
    ...(tags ? ["--tags"] : []),
    "--end-of-options",
    ...of,
    ...without.map((id) => `^${id}`),
    "--",
  ];
  const reader = files ? pathReader(take) : plainReader(take);
  return new Promise((resolve, reject) => {
    const child = spawn("git", wholeArgv(argv), {
      cwd: place.cwd,
      env: gitEnvironment(place),
      stdio: ["ignore", "pipe", "pipe"],
      timeout: TIMEOUT,
      killSignal: "SIGKILL",
      windowsHide: true,
    });
    let [read, err] = [0, ""];
    let fault: unknown = null;
    const stop = (error: unknown) => {
      fault ??= error;
      child.kill("SIGKILL");
    };
    child.stdout.setEncoding("utf8");
    child.stdout.on("data", (text: string) => {
      read += text.length;
      if (read > MOST) stop(new Error(`git log wrote more than ${MOST} characters`));
      try {
        if (fault === null) reader(text);
      } catch (error) {
        stop(error);
      }
    });
    child.stdout.on("end", () => fault ?? reader(""));
    child.stderr.setEncoding("utf8");
    child.stderr.on("data", (text: string) => {
      if (err.length < 10_000) err += text;
    });
    child.on("error", (error) => reject(fault ?? error));
    child.on("close", (code) => {
      if (fault !== null) reject(fault);
      else if (code === 0) resolve();
      else if (code === null) reject(new Error(`git log did not end within ${TIMEOUT / SECOND} s`));
      else {
        const said = complaint({ end: "exited", code, out: "", err });
        reject(new Error(`git log failed: ${said}`));
      }
    });
  });
}

/** Commits of a fixed number of fields each. */
function plainReader(take: (commit: Commit) => void): (text: string) => void {
  let open = "";
  const fields: string[] = [];
  return (text) => {
    let from = 0;
    for (let at = text.indexOf("\0"); at !== -1; at = text.indexOf("\0", from)) {
      fields.push(open === "" ? text.slice(from, at) : open + text.slice(from, at));
      open = "";
      from = at + 1;
      if (fields.length < FIELDS.length) continue;
      take(commitOf(fields));
      fields.length = 0;
    }
    open += text.slice(from);
  };
}

/** Commits with the paths behind them, up to the empty field that begins the next. */
function pathReader(take: (commit: Commit) => void): (text: string) => void {
  let open = "";
  let fields: string[] = [];
  const flush = () => {
    if (fields.length < FIELDS.length) return;
    const files = fields.slice(FIELDS.length).map((path) => path.replace(/^\n/, ""));
    take({ ...commitOf(fields), files: files.filter((path) => path !== "") });
  };
  return (text) => {
    open += text;
    if (text === "") flush();
    let from = 0;
    for (let at = open.indexOf("\0"); at !== -1; at = open.indexOf("\0", from)) {
      const field = open.slice(from, at);
      from = at + 1;
      if (field === "" && (fields.length === 0 || fields.length >= FIELDS.length)) {
        flush();
        fields = [];
      } else fields.push(field);
    }
    open = open.slice(from);
  };
}

function commitOf(fields: readonly string[]): Commit {
  const [id = "", parents = "", author = "", committer = "", at, written, name = "", message = ""] =
    fields;
  return {
    id,
    parents: parents === "" ? [] : parents.split(" "),
    author: author.toLowerCase(),
    committer: committer.toLowerCase(),
    name,
    at: Number(at) * SECOND,
    authoredAt: Number(written) * SECOND,
    message,
  };
}
