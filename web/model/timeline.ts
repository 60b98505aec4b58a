import type { Entry } from "#core/audit/entry.ts";
import type { Instant } from "#core/base/time.ts";
import { journalLine } from "#core/reports/journal-line.ts";

/** One journal entry as people read it. */
export interface Told {
  readonly position: number;
  readonly at: Instant;
  /** Empty where Holdpoint itself acted. */
  readonly by: string;
  readonly release: string;
  readonly text: string;
  /** False for what only repeats, prepares or confirms. */
  readonly isNews: boolean;
  readonly hash: string;
}

/** An entry that a newer Holdpoint has written is shown by its type, not left out. */
export function tell(entry: Entry): Told {
  const { position, at, by, stream, hash } = entry;
  const place = { position, at, by: by === "holdpoint" ? "" : by, release: stream, hash };
  try {
    return { ...place, ...journalLine(entry) };
  } catch {
    return { ...place, text: `${entry.type} (written by a newer Holdpoint)`, isNews: true };
  }
}

/** What happened after the state that somebody had before them: what they should see before they act again. */
export function since(entries: readonly Entry[], etag: string | null): readonly Told[] {
  const seen = Number(/^"\d+-(\d+)"$/.exec(etag ?? "")?.[1] ?? Number.POSITIVE_INFINITY);
  return entries.filter(({ position }) => position > seen).map(tell);
}

/** Entries whose words, person or release contain what was typed, whatever the case. */
export function matching(told: readonly Told[], typed: string): readonly Told[] {
  const wanted = typed.trim().toLowerCase();
  if (wanted === "") return told;
  return told.filter(({ text, by, release, hash }) =>
    `${text}\n${by}\n${release}\n${hash}`.toLowerCase().includes(wanted),
  );
}
