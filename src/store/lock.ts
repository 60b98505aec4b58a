import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { z } from "zod";
import { err, ok, type Result } from "#core/base/result.ts";
import { formatInstant, type Instant } from "#core/base/time.ts";
import { StoreError } from "./errors.ts";
import { isBusy, sqliteError } from "./sqlite/errors.ts";

/** Who has a data directory to itself. */
export interface Holder {
  readonly pid: number;
  readonly host: string;
  readonly startedAt: Instant;
}

export interface Lock {
  release(): void;
}

/** A lock that somebody else has; `holder` is null when it has not said yet who it is. */
export class LockTaken extends StoreError {
  readonly holder: Holder | null;

  constructor(dataDir: string, holder: Holder | null, cause: unknown) {
    const who =
      holder === null
        ? "another process that is just starting"
        : `process ${holder.pid} on ${holder.host}, running since ${formatInstant(holder.startedAt)}`;
    super("in-use", `The data directory ${dataDir} is served by ${who}.`, cause);
    this.holder = holder;
  }
}

const holderShape = z.strictObject({
  pid: z.int(),
  host: z.string().max(300),
  startedAt: z.int().min(-8.64e15).max(8.64e15),
});
/** A lock must not end because nobody remembers it: a connection that is collected lets its file go. */
const held = new Set<DatabaseSync>();

/**
 * Takes a data directory for this process alone. The kernel holds the lock, through an exclusive transaction on a file
 * that nothing else opens: it ends with the process however that ends, and works across containers, unlike a pid file.
 */
export function takeLock(dataDir: string, startedAt: Instant): Result<Lock, StoreError> {
  const file = join(dataDir, "serve.lock");
  const note = join(dataDir, "serve.json");
  let db: DatabaseSync | undefined;
  try {
    db = new DatabaseSync(file, { timeout: 0 });
    db.exec("BEGIN EXCLUSIVE");
  } catch (cause) {
    db?.close();
    if (isBusy(cause)) return err(new LockTaken(dataDir, readHolder(note), cause));
    const error = sqliteError(cause, file);
    if (error instanceof StoreError) return err(error);
    throw error;
  }
  held.add(db);
  writeHolder(note, { pid: process.pid, host: hostname(), startedAt });
  return ok({ release: () => release(db, note) });
}

function release(db: DatabaseSync, note: string): void {
  if (!held.delete(db)) return;
  rmSync(note, { force: true });
  db.close();
}

/** Written whole or not at all, because others read it at any time. */
function writeHolder(note: string, holder: Holder): void {
  const draft = `${note}.part`;
  writeFileSync(draft, JSON.stringify(holder), { mode: 0o600 });
  renameSync(draft, note);
}

function readHolder(note: string): Holder | null {
  try {
    return holderShape.parse(JSON.parse(readFileSync(note, "utf8")));
  } catch {
    return null;
  }
}
