import type { Result } from "#core/base/result.ts";
import type { Desk } from "./desk.ts";
import type { Store } from "./ports/store.ts";
import type { Problem } from "./problem.ts";

/** Holdpoint on its own store, joined in src/main.ts. */
export interface Holdpoint {
  readonly desk: Desk;
  readonly store: Store;
  /**
   * Starts working on due releases in this process.
   * @throws {ProblemError} where there is no repository to work in
   */
  startWorker(): Promise<{ stop(): Promise<void> }>;
  /** Writes the public status page once, as things stand; a worker keeps it by itself. */
  writePage(): Promise<void>;
  close(): Promise<void>;
}

/** Where the embedded store, or the team's database, and the policy are. */
export interface Place {
  /** Absolute; the file may be missing, which whoever reads it says. */
  readonly policyFile: string;
  /** Top of the policy's repository, absolute. */
  readonly root: string;
  readonly dataDir: string;
  /** Where the public status page is written, absolute; left out: `status-page` in `dataDir`. */
  readonly statusPage?: string;
  /** PostgreSQL URL; null: the embedded store in `dataDir`. A secret. */
  readonly databaseUrl: string | null;
}

export type OpenHoldpoint = (place: Place) => Promise<Result<Holdpoint, readonly Problem[]>>;
