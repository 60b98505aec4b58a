import type { Instant } from "../base/time.ts";
import type { Span } from "./calendar.ts";

/** Stretches of the calendar in which releases are counted. */
export const PERIODS = ["day", "week", "month", "quarter"] as const;
export type Period = (typeof PERIODS)[number];

/** The period of a zone's calendar that a moment lies in, and its name: `2026-11-20`, `2026-W47`, `2026-11`, `2026-Q4`. */
export function periodAt(per: Period, at: Instant, zone: string): Span & { readonly name: string } {
  const day = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate();
  const { first, name, length } = PARTS[per](day);
  const moment = (date: Temporal.PlainDate) => date.toZonedDateTime(zone).epochMilliseconds;
  return { name, from: moment(first), to: moment(first.add(length)) };
}

interface Part {
  readonly first: Temporal.PlainDate;
  readonly name: string;
  readonly length: Temporal.DurationLike;
}

const PARTS: { readonly [Per in Period]: (day: Temporal.PlainDate) => Part } = {
  day: (day) => ({ first: day, name: day.toString(), length: { days: 1 } }),
  week: (day) => ({
    first: day.subtract({ days: day.dayOfWeek - 1 }),
    name: `${day.yearOfWeek}-W${String(day.weekOfYear).padStart(2, "0")}`,
    length: { days: 7 },
  }),
  month: (day) => ({
    first: day.with({ day: 1 }),
    name: day.toPlainYearMonth().toString(),
    length: { months: 1 },
  }),
  quarter: (day) => {
    const quarter = Math.floor((day.month - 1) / 3);
    const first = day.with({ day: 1, month: quarter * 3 + 1 });
    return { first, name: `${day.year}-Q${quarter + 1}`, length: { months: 3 } };
  },
};
