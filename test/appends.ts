// Appends, events and rows as tests need them: everything has a value, and a test names only what it is about.
import type { Append, BoardRow } from "#app/ports/store.ts";
import type { NewEvent } from "#core/audit/entry.ts";

/** 2026-01-05 12:00Z. */
export const NOON = 1_767_614_400_000;

export function event(change: Partial<NewEvent> = {}): NewEvent {
  return { type: "noted", version: 1, at: NOON, by: "lead@example.test", data: {}, ...change };
}

export function boardRow(release: string, change: Partial<BoardRow> = {}): BoardRow {
  return {
    release,
    system: "shop",
    type: "minor",
    version: "1.4.0",
    status: "held",
    phase: "approve",
    plannedAt: NOON,
    updatedAt: NOON,
    ended: false,
    ...change,
  };
}

/** One event behind `expected` in `stream`, with no intents. */
export function append(stream: string, expected = 0, change: Partial<Append> = {}): Append {
  const row = boardRow(stream);
  return { stream, expected, events: [event()], intents: [], wakeAt: null, row, ...change };
}
