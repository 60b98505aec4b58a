import type { Instant, Millis } from "../base/time.ts";
import type { Calendar, Span } from "./calendar.ts";

/** Which windows (any of them will do; none named: any time) and whether freezes count, for which release type. */
export interface Wanted {
  readonly windows: readonly string[];
  readonly freezes: boolean;
  readonly type: string;
}

/** Whether work may begin at `now`, why, and until when that holds. Deny wins over allow. */
export function openAt(
  _calendar: Calendar,
  _wanted: Wanted,
  now: Instant,
): { open: true; why: string; until: Instant } | { open: false; why: string } {
  return { open: true, why: "any time", until: now };
}

/** The earliest legal opening at or after `from` within `horizon`; null when there is none. */
export function nextOpening(
  _calendar: Calendar,
  _wanted: Wanted,
  from: Instant,
  horizon: Millis,
): Span | null {
  return { from, to: from + horizon };
}
