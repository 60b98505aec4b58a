import pg from "pg";
import { StoreError, type StoreErrorCode } from "../errors.ts";

/** SQLSTATEs, or their first two characters, that mean something to a person (PostgreSQL manual, appendix A). */
const MEANINGS: Readonly<Record<string, readonly [StoreErrorCode, string]>> = {
  "08": ["unreachable", "broke the connection off"],
  "23": ["journal-corrupt", "holds entries that its own index of streams does not know"],
  "28": ["access-denied", "refuses this user or password"],
  "3D": ["bad-address", "does not have this database"],
  "40": ["busy", "broke a transaction off in favour of another"],
  "42501": ["access-denied", "refuses this user a right that the store needs"],
  "42P07": ["not-ours", "has tables of another program in the store's schema"],
  "53100": ["disk-full", "cannot grow: its disk is full"],
  "53": ["unreachable", "has no room for another connection or query"],
  "55P03": ["busy", "is held by another transaction for too long"],
  "57014": ["busy", "took too long over a statement"],
  "57": ["unreachable", "is shutting down or starting up"],
  "58": ["failed", "could not be read or written by its disk"],
  XX: ["database-corrupt", "is damaged"],
};

/** What went wrong in a query to the database at `place`: an answer of the server, or no answer. */
export function postgresError(cause: unknown, place: string): StoreError {
  if (cause instanceof StoreError) return cause;
  if (!(cause instanceof pg.DatabaseError)) {
    return new StoreError("unreachable", `PostgreSQL at ${place} does not answer.`, cause);
  }
  const state = cause.code ?? "";
  const failed = ["failed", `failed (${state}: ${cause.message})`] as const;
  const [code, what] = MEANINGS[state] ?? MEANINGS[state.slice(0, 2)] ?? failed;
  return new StoreError(code, `PostgreSQL at ${place} ${what}.`, cause);
}
