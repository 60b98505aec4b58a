// The history through one `git log`, read as it comes: fields end with NUL, which no message and no path can hold.
import { spawn } from "node:child_process";
import type { Commit } from "#app/ports/history.ts";
import { MINUTE, SECOND } from "#core/base/time.ts";
import { argvOf, complaint, environmentOf, type GitPlace } from "./run.ts";

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
const FIELD_END = "\x1f";
const TIMEOUT = 10 * MINUTE;

/**
 * Hands over each commit, children before their parents. Memory holds what the caller keeps.
 * @throws {Error} when git fails or does not end in time
 */
export async function readLog(
  place: GitPlace,
  { of, without, tags = false, files = false }: LogAsk,
  take: (commit: Commit) => void,
): Promise<void> {
  const argv = [
    "log",
    "-z",
    "--topo-order",
    "--no-color",
    // Where paths follow, an empty piece begins each commit: no path is empty.
    `--format=tformat:${files ? "%x00" : ""}${FIELDS.join("%x1f")}`,
    ...(files ? ["--name-only", "--no-renames", "--diff-merges=first-parent"] : []),
    ...(tags ? ["--tags"] : []),
    "--end-of-options",
    ...of,
    ...without.map((id) => `^${id}`),
    "--",
  ];
  const child = spawn("git", argvOf(argv), {
    cwd: place.cwd,
    env: environmentOf(place),
    stdio: ["ignore", "pipe", "pipe"],
    timeout: TIMEOUT,
    killSignal: "SIGKILL",
    windowsHide: true,
  });
  const reader = files
    ? withPaths(take)
    : { piece: (row: string) => take(commitOf(row)), end() {} };
  // Each piece becomes a text of its own: a slice of a chunk would keep the whole chunk in memory.
  let rest: Buffer = Buffer.alloc(0);
  let fault: unknown = null;
  const read = (chunk: Buffer) => {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let from = 0;
    for (let at = bytes.indexOf(0); at !== -1; at = bytes.indexOf(0, from)) {
      reader.piece(bytes.toString("utf8", from, at));
      from = at + 1;
    }
    rest = bytes.subarray(from);
  };
  child.stdout.on("data", (chunk: Buffer) => {
    if (fault !== null) return;
    try {
      read(chunk);
    } catch (error) {
      fault = error;
      child.kill("SIGKILL");
    }
  });
  let complaints = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    complaints = (complaints + text).slice(0, 2000);
  });
  const code = await new Promise<number | null>((done, lost) => {
    child.once("error", lost);
    child.once("close", done);
  });
  if (fault !== null) throw fault;
  if (code === null) throw new Error(`git log did not end within ${TIMEOUT / SECOND} s`);
  if (code !== 0) {
    const said = complaint({ end: "exited", code, out: "", err: complaints });
    throw new Error(`git log failed: ${said}`);
  }
  reader.end();
}

interface Reader {
  piece(text: string): void;
  end(): void;
}

/** Commits with the paths behind them, up to the empty piece that begins the next. */
function withPaths(take: (commit: Commit) => void): Reader {
  let row: string | null = null;
  let paths: string[] = [];
  const end = () => {
    if (row !== null) take({ ...commitOf(row), files: paths });
    row = null;
    paths = [];
  };
  return {
    end,
    piece: (text) => {
      if (text === "") end();
      else if (row === null) row = text;
      else paths.push(text.replace(/^\n/, ""));
    },
  };
}

function commitOf(row: string): Commit {
  // The message is the last field, and may hold the separator itself.
  const fields = row.split(FIELD_END, FIELDS.length);
  const field = (at: number) => fields[at] ?? "";
  const parents = field(1);
  const before = FIELDS.length - 1 + fields.slice(0, -1).reduce((sum, one) => sum + one.length, 0);
  return {
    id: field(0),
    parents: parents === "" ? [] : parents.split(" "),
    author: field(2).toLowerCase(),
    committer: field(3).toLowerCase(),
    at: Number(field(4)) * SECOND,
    authoredAt: Number(field(5)) * SECOND,
    name: field(6),
    message: row.slice(before),
  };
}
