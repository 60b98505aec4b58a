import { err, type Result } from "../base/result.ts";

/** What a report was read to: plain numbers under plain names. A figure the report does not state is left out. */
export type Figures = Readonly<Record<string, number>>;

/** Why a text is not the report it should be, and what was expected; for people. */
export interface Unreadable {
  readonly reason: string;
}

export type Reading = Result<Figures, Unreadable>;

/** One report format: one file, one test, one line in `table.ts`. */
export interface Report {
  /** What a text of this format is, said to people whose text is something else. */
  readonly expects: string;
  /** Every figure that such a report may tell. */
  readonly figures: readonly string[];
  /** Reads a text; pure and total, whatever the text is. The text is not empty and within MAX_SIZE. */
  readonly read: (text: string) => Reading;
}

/** The longest report that is read, in UTF-16 code units. */
export const MAX_SIZE = 8 * 1024 * 1024;
/** How deep elements or values of a report may lie in each other. */
export const MAX_DEPTH = 64;

export const unreadable = (reason: string): { ok: false; error: Unreadable } => err({ reason });

/**
 * The share of `hit` in `found` in per cent, cut (not rounded) to two decimals: 79.996 % must not pass a limit of 80.
 * Null where nothing was found: a share of nothing is no evidence.
 */
export function percent(hit: number, found: number): number | null {
  return found > 0 ? Math.floor((hit * 10_000) / found) / 100 : null;
}

/** The figures that are there: leaves out those that are null. */
export function present(figures: Readonly<Record<string, number | null>>): Figures {
  return Object.fromEntries(
    Object.entries(figures).filter((figure): figure is [string, number] => figure[1] !== null),
  );
}

/** Reads a whole number >= 0 as reports write it; null when the text is not one. */
export function count(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,15}$/.test(text.trim()) ? Number(text) : null;
}
