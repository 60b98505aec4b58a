import { closeSync, fdatasyncSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";

/**
 * Writes a value so that a reader sees the old file or the new one, never a part: a temporary file beside it is renamed
 * over it. With `durable` it is also on the disk before it counts.
 */
export function writeJson(path: string, value: unknown, durable = false): void {
  const part = `${path}.${process.pid}.part`;
  const file = openSync(part, "w", 0o600);
  try {
    writeSync(file, JSON.stringify(value));
    if (durable) fdatasyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(part, path);
}

/**
 * Reads a file that `writeJson` wrote; null where there is none. Only for files of Holdpoint's own: the caller names
 * the type it wrote there.
 * @throws {Error} where the file has been damaged by someone else
 */
export function readJson<T>(path: string): T | null {
  const text = readText(path);
  if (text === null) return null;
  try {
    return JSON.parse(text) as T;
  } catch (cause) {
    throw new Error(`${path} is damaged: it holds no JSON.`, { cause });
  }
}

/** The text of a file; null where there is none. */
export function readText(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (hasCode(error, "ENOENT") || hasCode(error, "ENOTDIR")) return null;
    throw error;
  }
}

/** Whether an error of Node's carries one of these codes. */
export function hasCode(error: unknown, ...codes: readonly string[]): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === "string" && codes.includes(code);
}
