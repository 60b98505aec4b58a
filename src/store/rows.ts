// How rows of both databases, whose columns have the same names, become what the port speaks of.
import type { BoardRow, Lease, RowPlace, StoredIntent } from "#app/ports/store.ts";
import type { Entry } from "#core/audit/entry.ts";
import { canonical, type Json } from "#core/base/canonical.ts";
import { StoreError } from "./errors.ts";

export interface EntryRow {
  readonly position: number;
  readonly stream: string;
  readonly seq: number;
  readonly type: string;
  readonly version: number;
  readonly at: number;
  readonly by: string;
  readonly data: string;
  readonly prev: string;
  readonly hash: string;
}

export interface IntentRow {
  readonly id: string;
  readonly due: number;
  readonly body: string;
  readonly attempts: number;
}

export interface ReleaseRow {
  readonly release: string;
  readonly system: string;
  readonly type: string;
  readonly version: string;
  readonly status: string;
  readonly phase: string;
  readonly planned_at: number;
  readonly updated_at: number;
  readonly ended: number | boolean;
}

export interface LeaseRow {
  readonly stream: string;
  readonly owner: string;
  readonly token: number;
  readonly until: number;
  readonly due: number;
}

/** @throws {StoreError} `journal-corrupt` when the data is not the text that was written. */
export function entryOf(row: EntryRow): Entry {
  const { position, stream, seq, type, version, at, by, prev, hash } = row;
  const data = dataOf(row.data, `Entry ${position} of the journal`);
  return { position, stream, seq, type, version, at, by, data, prev, hash };
}

export function intentOf(row: IntentRow): StoredIntent {
  const body = dataOf(row.body, `Intent ${row.id}`);
  return { id: row.id, due: row.due, body, attempts: row.attempts };
}

export function boardRowOf(row: ReleaseRow): BoardRow {
  const { release, system, type, version, status, phase, planned_at, updated_at, ended } = row;
  const times = { plannedAt: planned_at, updatedAt: updated_at };
  return { release, system, type, version, status, phase, ...times, ended: Boolean(ended) };
}

/** A place before every row: nothing is planned as late as this. */
export const BEFORE_ALL: RowPlace = { plannedAt: Number.MAX_SAFE_INTEGER, release: "" };

/** Leases in the order in which their streams became due, which RETURNING does not keep. */
export function leasesOf(rows: readonly LeaseRow[]): readonly Lease[] {
  return rows
    .toSorted((a, b) => a.due - b.due || (a.stream < b.stream ? -1 : 1))
    .map(({ stream, owner, token, until }) => ({ stream, owner, token, until }));
}

/** Entries of one stream must follow one another: no decision may rest on a stream with a hole in it. */
export function unbroken(entries: readonly Entry[], after: number): readonly Entry[] {
  for (const [index, entry] of entries.entries()) {
    const seq = after + index + 1;
    if (entry.seq !== seq) {
      const sentence = `Entry ${seq} of stream ${entry.stream} is missing from the journal.`;
      throw new StoreError("journal-corrupt", sentence);
    }
  }
  return entries;
}

function dataOf(text: string, where: string): Json {
  try {
    const value = JSON.parse(text) as Json;
    if (canonical(value) === text) return value;
  } catch {
    // Said below: text that JSON cannot read was not written by a store.
  }
  throw new StoreError(
    "journal-corrupt",
    `${where} was changed: its data is not as it was written.`,
  );
}
