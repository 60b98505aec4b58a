import { ProblemError } from "#app/problem.ts";

/** What can be wrong with a store, and what a person can do about it. */
const REMEDIES = {
  "disk-full":
    "Free space on that disk; nothing was half written, and work goes on by itself afterwards.",
  "database-corrupt":
    "Stop Holdpoint, keep the damaged files, and import the last exported journal into a new store.",
  "journal-corrupt":
    "Stop Holdpoint, keep this copy as evidence, and import the last exported journal that verifies.",
  "not-ours": "Give the store a data directory or a schema of its own.",
  "schema-too-new": "Use the Holdpoint version that wrote it, or a newer one.",
  "not-durable": "Let the store lie on a local disk, and leave PostgreSQL's fsync switched on.",
  "postgres-unfit": "Use PostgreSQL 15 or newer with a UTF8 database.",
  "access-denied": "Check user, password and rights of the account in the PostgreSQL URL.",
  "file-unusable": "Check that its folder is there and that this account may use it.",
  "bad-address": "Write it as postgres://user:password@host:5432/database.",
  unreachable:
    "Check that the database runs and that this machine reaches it; work goes on by itself afterwards.",
  "in-doubt": "Ask again with the same request key: it is refused as repeated if it was done.",
  busy: "Try again; if it lasts, look for a process that holds the database without going on.",
  "in-use": "Stop that process first, or give this one another data directory.",
  "not-empty": "Import into a new data directory or a new schema.",
  failed: "Look at the cause in the log; ask again once it is gone.",
} as const;

export type StoreErrorCode = keyof typeof REMEDIES;

/**
 * A store that cannot do what it is asked, for a reason that lies outside the program. Opening and importing return it
 * as a value; operations on an open store throw it, because for them the world is lost for now.
 */
export class StoreError extends ProblemError {
  override readonly name: string = "StoreError";
  readonly code: StoreErrorCode;

  /** @param sentence says in one sentence for people what is wrong, and where. */
  constructor(code: StoreErrorCode, sentence: string, cause?: unknown) {
    super({ code, sentence, remedy: REMEDIES[code] }, cause);
    this.code = code;
  }
}
