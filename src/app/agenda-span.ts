// The days that a calendar is asked for, as a stretch of time.
import { ok, type Result } from "#core/base/result.ts";
import { DAY, type Instant } from "#core/base/time.ts";
import type { Span } from "#core/calendar/calendar.ts";
import type { Problem } from "./problem.ts";
import { refuse } from "./refuse.ts";

export interface Days {
  readonly from?: string;
  readonly to?: string;
}

/** A calendar is laid out for no longer than this. */
const LONGEST = 3660 * DAY;

/**
 * From the beginning of the first day to the end of the last, in a zone; a quarter from today where none are named.
 * Refused where the last comes before the first, or more than ten years after it.
 */
export function agendaSpan(
  { from, to }: Days,
  { zone, now }: { zone: string; now: Instant },
): Result<Span, readonly Problem[]> {
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(zone).toPlainDate();
  const first = from === undefined ? today : Temporal.PlainDate.from(from);
  const last = to === undefined ? first.add({ months: 3 }) : Temporal.PlainDate.from(to);
  if (Temporal.PlainDate.compare(last, first) < 0)
    return refuse(
      "bad-request",
      `The calendar would end on ${last}, before it begins on ${first}.`,
      "Name a last day that is not before the first.",
    );
  const moment = (day: Temporal.PlainDate) => day.toZonedDateTime(zone).epochMilliseconds;
  const span = { from: moment(first), to: moment(last.add({ days: 1 })) };
  return span.to - span.from > LONGEST
    ? refuse(
        "bad-request",
        "The calendar is shown for ten years at most.",
        "Name a nearer last day.",
      )
    : ok(span);
}
