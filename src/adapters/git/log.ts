// The history through one `git log`, read as it comes: commits end with NUL, which no message and no path can hold.
import { spawn } from "node:child_process";
import type { Commit } from "#app/ports/history.ts";
import { MINUTE, SECOND } from "#core/base/time.ts";
import { Pieces } from "./pieces.ts";
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
  ask: LogAsk,
  take: (commit: Commit) => void,
): Promise<void> {
  const reader = ask.files === true ? withPaths(take) : null;
  await readRows(
    place,
    { ...ask, fields: FIELDS },
    reader?.piece ?? ((row) => take(commitOf(row))),
  );
  reader?.end();
}

/**
 * Hands over what git says of each commit, as it comes: one text of the fields that are wanted (`fieldsOf`), and where
 * paths are wanted an empty text before it and each path after it.
 * @param ask its fields are placeholders of git's pretty formats; only the last may be a text of several lines
 * @throws {Error} when git fails or does not end in time
 */
export async function readRows(
  place: GitPlace,
  ask: LogAsk & { readonly fields: readonly string[] },
  take: (row: string) => void,
): Promise<void> {
  const child = spawn("git", argvOf(logOf(ask)), {
    cwd: place.cwd,
    env: environmentOf(place),
    stdio: ["ignore", "pipe", "pipe"],
    timeout: TIMEOUT,
    killSignal: "SIGKILL",
    windowsHide: true,
  });
  const pieces = new Pieces(take);
  let fault: unknown = null;
  child.stdout.on("data", (chunk: Buffer) => {
    if (fault !== null) return;
    try {
      pieces.read(chunk);
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
}

function logOf({
  of,
  without,
  tags = false,
  files = false,
  fields,
}: Parameters<typeof readRows>[1]): string[] {
  return [
    "log",
    "-z",
    "--topo-order",
    "--no-color",
    // Where paths follow, an empty piece begins each commit: no path is empty.
    `--format=tformat:${files ? "%x00" : ""}${fields.join("%x1f")}`,
    ...(files ? ["--name-only", "--no-renames", "--diff-merges=first-parent"] : []),
    ...(tags ? ["--tags"] : []),
    "--end-of-options",
    ...of,
    ...without.map((id) => `^${id}`),
    "--",
  ];
}

/** The fields of a row; the last one, a message, may hold the separator itself. */
export function fieldsOf(row: string, count: number): readonly string[] {
  const fields: string[] = [];
  let from = 0;
  for (let nth = 1; nth < count; nth += 1) {
    const end = row.indexOf(FIELD_END, from);
    fields.push(row.slice(from, end));
    from = end + 1;
  }
  fields.push(row.slice(from));
  return fields;
}

/** The ids of a commit's parents, as `%P` has them. */
export function parentsIn(field: string): readonly string[] {
  // Nearly all commits have one parent; to split that costs more than to look.
  return field === "" ? [] : field.includes(" ") ? field.split(" ") : [field];
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
  const fields = fieldsOf(row, FIELDS.length);
  return {
    id: fields[0] ?? "",
    parents: parentsIn(fields[1] ?? ""),
    author: (fields[2] ?? "").toLowerCase(),
    committer: (fields[3] ?? "").toLowerCase(),
    at: Number(fields[4]) * SECOND,
    authoredAt: Number(fields[5]) * SECOND,
    name: fields[6] ?? "",
    message: fields[7] ?? "",
  };
}
