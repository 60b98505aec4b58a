import type { Entry } from "#core/audit/entry.ts";
import type { Instant } from "#core/base/time.ts";
import { measure, since } from "#core/judge/measure.ts";
import type { Look, Reading } from "#core/judge/reading.ts";
import { looksOf, thinned } from "./looks.ts";

/** What both versions did between two looks; null where a version had no traffic or was not measured. */
export interface Point {
  readonly at: Instant;
  /** Share of failed requests, in per cent. */
  readonly errors: { readonly canary: number | null; readonly stable: number | null };
  /** Ninety-five of a hundred requests were answered within so many ms. */
  readonly p95: { readonly canary: number | null; readonly stable: number | null };
}

/** More points than these say no more on a screen. */
export const MOST_POINTS = 600;

/** The looks at the traffic of a release, as what happened from each to the next. */
export function seriesOf(entries: readonly Entry[]): readonly Point[] {
  const readings = looksOf(entries).flatMap(({ look }) => look.reading ?? []);
  const kept = thinned(readings, MOST_POINTS);
  return kept.map((reading, at) => pointOf(kept[at - 1], reading));
}

function pointOf(before: Reading | undefined, now: Reading): Point {
  const of = (which: "error-rate" | "p95", arm: "canary" | "baseline") => {
    const look: Look | null = now[arm];
    if (look === null || (arm === "baseline" && before === undefined)) return null;
    const value = measure(which, since(before?.[arm]?.counters, look.counters));
    return value !== null && which === "error-rate" ? value / 100 : value;
  };
  return {
    at: now.at,
    errors: { canary: of("error-rate", "canary"), stable: of("error-rate", "baseline") },
    p95: { canary: of("p95", "canary"), stable: of("p95", "baseline") },
  };
}
