import { DatabaseSync } from "node:sqlite";
import { err, ok, type Result } from "#core/base/result.ts";
import { StoreError } from "../errors.ts";
import { isBusy, isFull, sqliteError } from "./errors.ts";
import { APPLICATION_ID, SCHEMA } from "./schema.ts";

/** Opening may stand still for so long when another process is just opening too. */
const OPENING_MS = 10_000;
/** SQLite waits for a lock without letting the event loop run; after this the store itself waits, and lets it. */
const BUSY_MS = 20;

/** Opens or creates the database of a store: durable, and shared with other processes of this machine. */
export function openDatabase(file: string): Result<DatabaseSync, StoreError> {
  let db: DatabaseSync | undefined;
  try {
    db = new DatabaseSync(file, { timeout: OPENING_MS, defensive: true });
    checkOwner(db, file);
    makeDurable(db, file);
    migrate(db, file);
    db.exec(`PRAGMA busy_timeout = ${BUSY_MS}`);
    return ok(db);
  } catch (cause) {
    if (db?.isOpen) db.close();
    const error = sqliteError(cause, file);
    if (error instanceof StoreError) return err(error);
    throw error;
  }
}

/** Runs `work` in a transaction that nobody writes beside: all of it is kept, or none. */
export function inTransaction<T>(db: DatabaseSync, work: () => T): T {
  db.exec("BEGIN IMMEDIATE");
  try {
    const result = work();
    commit(db);
    return result;
  } catch (cause) {
    // A full disk, for one, has ended the transaction already.
    if (db.isTransaction) db.exec("ROLLBACK");
    throw cause;
  }
}

/** A commit that fails has not happened, except when the disk failed: then the next reader of the log decides. */
function commit(db: DatabaseSync): void {
  try {
    db.exec("COMMIT");
  } catch (cause) {
    if (isBusy(cause) || isFull(cause)) throw cause;
    const sentence = `The disk failed while ${db.location() ?? "the database"} was written; whether it is kept is not known.`;
    throw new StoreError("in-doubt", sentence, cause);
  }
}

function checkOwner(db: DatabaseSync, file: string): void {
  const version = pragma(db, "user_version");
  const tables = db.prepare("SELECT count(*) AS count FROM sqlite_schema").get()?.["count"];
  const isNew = version === 0 && tables === 0;
  if (!isNew && pragma(db, "application_id") !== APPLICATION_ID) {
    throw new StoreError("not-ours", `${file} is a database of another program.`);
  }
  if (Number(version) > SCHEMA.length) {
    const sentence = `The store in ${file} has schema ${version}; this Holdpoint knows schemas up to ${SCHEMA.length}.`;
    throw new StoreError("schema-too-new", sentence);
  }
}

function makeDurable(db: DatabaseSync, file: string): void {
  if (pragma(db, "journal_mode = WAL") !== "wal") {
    const sentence = `The file system under ${file} cannot keep a write-ahead log that processes share.`;
    throw new StoreError("not-durable", sentence);
  }
  db.exec(`
    PRAGMA synchronous = FULL;
    PRAGMA fullfsync = ON;            -- on macOS, where fsync alone does not reach the disk
    PRAGMA checkpoint_fullfsync = ON;
    PRAGMA cell_size_check = ON;
    PRAGMA trusted_schema = OFF;
    PRAGMA journal_size_limit = 67108864;
  `);
}

function migrate(db: DatabaseSync, file: string): void {
  if (pragma(db, "user_version") === SCHEMA.length) return;
  inTransaction(db, () => {
    checkOwner(db, file);
    for (const script of SCHEMA.slice(Number(pragma(db, "user_version")))) db.exec(script);
    db.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${SCHEMA.length}`);
  });
}

function pragma(db: DatabaseSync, text: string): unknown {
  return Object.values(db.prepare(`PRAGMA ${text}`).get() ?? {})[0];
}
