import type { Entry, Head, NewEvent } from "#core/audit/entry.ts";
import type { Json } from "#core/base/canonical.ts";
import type { Instant, Millis } from "#core/base/time.ts";
import type { Measures } from "./measures.ts";

/** Something wanted from the outside world, kept until an answer makes it unwanted. */
export interface StoredIntent {
  /** Never changes on a repeat: it is the idempotency key of the effect. */
  readonly id: string;
  readonly due: Instant;
  readonly body: Json;
  /** How many times performing it broke off without an answer. */
  readonly attempts: number;
}

/** What lists show of a release, written in the same transaction as its events. */
export interface BoardRow {
  readonly release: string;
  readonly system: string;
  readonly type: string;
  readonly version: string;
  readonly status: string;
  readonly phase: string;
  readonly plannedAt: Instant;
  readonly updatedAt: Instant;
  readonly ended: boolean;
}

/** A place in the order of rows: the latest planned first. */
export type RowPlace = Pick<BoardRow, "plannedAt" | "release">;

/** Compares two places in the order of rows. */
export function inRowOrder(one: RowPlace, other: RowPlace): number {
  const later = other.plannedAt - one.plannedAt;
  return later || Number(one.release < other.release) - Number(one.release > other.release);
}

export interface RowFilter {
  readonly ended?: boolean;
  readonly release?: string;
  readonly before?: RowPlace;
  readonly limit: number;
}

/** The right to work on a stream until `until`; appends under an older token are refused. */
export interface Lease {
  readonly stream: string;
  readonly owner: string;
  readonly token: number;
  readonly until: Instant;
}

export interface Append {
  readonly stream: string;
  /** `seq` of the last entry the decision has seen; 0 for a new stream. */
  readonly expected: number;
  /** May be empty: then only what hangs on the stream is written anew. */
  readonly events: readonly NewEvent[];
  /**
   * Everything that is wanted after these events: rows not named here go, new ones come, known ones keep their attempts
   * and, once postponed, do not become due any earlier.
   */
  readonly intents: readonly Omit<StoredIntent, "attempts">[];
  /** When someone must look at the stream next, intents apart; null: only when something is said. */
  readonly wakeAt: Instant | null;
  /** Null for a stream that is no release. */
  readonly row: BoardRow | null;
  /** Given by workers: the append is refused unless this is still the stream's latest lease. */
  readonly lease?: Lease;
  /** Key of the request that led to it; an append with a key that was seen before is refused as `repeated`. */
  readonly request?: string;
}

export type AppendRefusal =
  /** Someone else appended to the stream after `expected`: load again and decide again. */
  | "conflict"
  /** The lease is no longer the stream's latest: stop working on it. */
  | "fenced"
  /** This very request has been appended before. */
  | "repeated";

export type Appended =
  | { readonly ok: true; readonly entries: readonly Entry[] }
  | { readonly ok: false; readonly error: AppendRefusal };

/** The journal and what hangs on it. One suite (src/store/store.suite.ts) runs on every implementation. */
export interface Store {
  /** All or nothing, and durable when it resolves. Concurrent appends of one process share a transaction. */
  append(append: Append): Promise<Appended>;
  /** Entries of one stream with `seq` > `after`, in order. */
  read(stream: string, after?: number): Promise<readonly Entry[]>;
  /** Entries of the whole journal with `position` > `after`, in order, at most `limit`. */
  readAll(after: number, limit: number): Promise<readonly Entry[]>;
  head(): Promise<Head>;

  /** Rows of releases, the latest planned first; only those that come after `before` in that order. */
  rows(filter: RowFilter): Promise<readonly BoardRow[]>;
  intents(stream: string): Promise<readonly StoredIntent[]>;
  /** Puts off an intent whose performing broke off: counts the attempt, sets the new due time. */
  postpone(intent: string, due: Instant): Promise<void>;

  /**
   * Leases streams that are due at `now` and that nobody has a running lease on (not even the asker), the longest due
   * first. Each lease of a stream has a higher token than any before.
   */
  claim(ask: {
    owner: string;
    now: Instant;
    lease: Millis;
    limit: number;
    stream?: string;
  }): Promise<readonly Lease[]>;
  /** Extends a lease; null when it is no longer the latest. */
  renew(lease: Lease, until: Instant): Promise<Lease | null>;
  /** Gives a lease back so that others need not wait for its end; appends under it are refused from then on. */
  yield(lease: Lease): Promise<void>;
  /** The earliest moment at which any stream can be claimed: when it is due, or when its lease ends, if later. */
  nextDue(): Promise<Instant | null>;

  /** Takes the name for the holder unless someone has it; answers who has it now. */
  hold(name: string, holder: string): Promise<string>;
  /** Who has the name; null while nobody has it. */
  holder(name: string): Promise<string | null>;
  /** Lets the name go, if the holder has it. */
  letGo(name: string, holder: string): Promise<void>;

  /** What is measured, beside the journal. */
  readonly measures: Measures;

  /** Calls back after appends, by any process where the store can tell; polling remains the guarantee. */
  onAppend(listener: () => void): () => void;
  close(): Promise<void>;
}
