import { StoreError, type StoreErrorCode } from "../errors.ts";

/** SQLite's primary result codes (https://www.sqlite.org/rescode.html) that mean something to a person. */
const MEANINGS: Readonly<Record<number, readonly [StoreErrorCode, string]>> = {
  5: ["busy", "is held by another process for too long"],
  6: ["busy", "is held by another connection for too long"],
  8: ["access-denied", "may be read but not written by this account"],
  10: ["failed", "could not be read or written by the disk"],
  11: ["database-corrupt", "is damaged: its pages do not fit together"],
  13: ["disk-full", "cannot grow: the disk is full"],
  14: ["access-denied", "cannot be opened by this account"],
  19: ["journal-corrupt", "holds entries that its own index of streams does not know"],
  26: ["database-corrupt", "is damaged: it is no SQLite database"],
};

/** What went wrong on `file`, in our words; an error that is not SQLite's is a bug and stays as it is. */
export function sqliteError(cause: unknown, file: string): unknown {
  if (!(cause instanceof Error) || cause instanceof StoreError) return cause;
  if (codeOf(cause) === "ERR_OUT_OF_RANGE") {
    const sentence = `The database ${file} holds a number that no store has written.`;
    return new StoreError("journal-corrupt", sentence, cause);
  }
  const primary = primaryCode(cause);
  if (primary === null) return cause;
  const [code, what] = MEANINGS[primary] ?? ["failed", `failed (${cause.message})`];
  return new StoreError(code, `The database ${file} ${what}.`, cause);
}

/** Whether another connection had the lock and it is worth trying again. */
export function isBusy(cause: unknown): boolean {
  return cause instanceof Error && primaryCode(cause) === 5;
}

export function isFull(cause: unknown): boolean {
  return cause instanceof Error && primaryCode(cause) === 13;
}

/** The low byte of SQLite's extended result code; null for an error that is not SQLite's. */
function primaryCode(error: Error): number | null {
  if (codeOf(error) !== "ERR_SQLITE_ERROR" || !("errcode" in error)) return null;
  return Number(error.errcode) & 0xff;
}

function codeOf(error: Error): unknown {
  return "code" in error ? error.code : undefined;
}
