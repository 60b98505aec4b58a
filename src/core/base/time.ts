/** A moment, in milliseconds since 1970-01-01T00:00Z. Core gets every moment as an argument. */
export type Instant = number;
/** A length of time in milliseconds. */
export type Millis = number;

export const SECOND: Millis = 1000;
export const MINUTE: Millis = 60 * SECOND;
export const HOUR: Millis = 60 * MINUTE;
export const DAY: Millis = 24 * HOUR;
export const WEEK: Millis = 7 * DAY;

const UNITS: readonly (readonly [string, Millis])[] = [
  ["ms", 1],
  ["s", SECOND],
  ["min", MINUTE],
  ["h", HOUR],
  ["d", DAY],
  ["weeks", WEEK],
  ["week", WEEK],
  ["days", DAY],
  ["day", DAY],
];
const DURATION = /^(\d+(?:\.\d+)?)\s*(ms|s|min|h|days|day|d|weeks|week)$/;

/** Reads a duration such as `5 min`, `2 h`, `1.5 s`, `3 d` or `2 weeks`; null when the text is not one. */
export function parseDuration(text: string): Millis | null {
  const match = DURATION.exec(text.trim());
  const unit = UNITS.find(([name]) => name === match?.[2]);
  if (match?.[1] === undefined || unit === undefined) return null;
  return Math.round(Number(match[1]) * unit[1]);
}

/**
 * The moment of a time counted from T-0 (`T-2 weeks`, `T+60 min`). Days and weeks are counted on the calendar of the zone:
 * `T-7 d` of ten o'clock is ten o'clock, also where the clocks change in between. Anything smaller is exact.
 */
export function momentFromZero(text: string, zero: Instant, zone: string): Instant {
  const size = text.slice(2);
  const sign = text[1] === "-" ? -1 : 1;
  const days = /^(\d+)\s*(d|days?|weeks?)$/.exec(size.trim());
  if (days === null) return zero + sign * (parseDuration(size) ?? 0);
  const count = sign * Number(days[1]) * (days[2]?.startsWith("w") === true ? 7 : 1);
  const local = Temporal.Instant.fromEpochMilliseconds(zero).toZonedDateTimeISO(zone);
  return local.add({ days: count }).epochMilliseconds;
}

/** The first moment of a day such as 2026-01-31 in a zone. */
export function momentOfDay(day: string, zone: string): Instant {
  return Temporal.PlainDate.from(day).toZonedDateTime(zone).epochMilliseconds;
}

/** The day after a day such as 2026-01-31. */
export function dayAfter(day: string): string {
  return Temporal.PlainDate.from(day).add({ days: 1 }).toString();
}

/** Writes a duration for people in at most two units: `5 min`, `1 h 30 min`, `2 d`, `1.5 s`. */
export function formatDuration(millis: Millis): string {
  if (millis < 0) return `-${formatDuration(-millis)}`;
  if (Math.round(millis) < SECOND) return `${Math.round(millis)} ms`;
  const tenths = Math.round(millis / 100);
  if (tenths < MINUTE / 100) return `${tenths / 10} s`;
  const units: [string, Millis][] = [
    ["d", DAY],
    ["h", HOUR],
    ["min", MINUTE],
    ["s", SECOND],
  ];
  let rest = tenths * 100;
  const first = units.findIndex(([, size]) => rest >= size);
  const parts: string[] = [];
  for (const [name, size] of units.slice(first, first + 2)) {
    const count = Math.floor(rest / size);
    if (count > 0) parts.push(`${count} ${name}`);
    rest -= count * size;
  }
  return parts.join(" ");
}

/** Writes a moment as `2026-11-20 14:05:09Z`, to the second. */
export function formatInstant(at: Instant): string {
  return Temporal.Instant.fromEpochMilliseconds(at)
    .toString({ smallestUnit: "second" })
    .replace("T", " ");
}

/** The day of a moment in a zone: `2026-11-20`. */
export function dayIn(at: Instant, zone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(at)
    .toZonedDateTimeISO(zone)
    .toPlainDate()
    .toString();
}

/** Writes a moment in a zone as `Fri 2026-11-20 09:05 America/New_York`. */
export function formatInZone(at: Instant, zone: string): string {
  if (zone === "UTC") return `${formatInUtc(at)} UTC`;
  const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
  const day = DAYS[local.dayOfWeek % 7];
  const clock = local.toString({ smallestUnit: "minute", offset: "never", timeZoneName: "never" });
  return `${day} ${clock.replace("T", " ")} ${zone}`;
}

/** A stretch in a zone: `Fri 2026-11-20 09:05 to 11:00 America/New_York`, with the day again where it is another. */
export function formatSpan(from: Instant, to: Instant | null, zone: string): string {
  const begins = formatInZone(from, zone);
  if (to === null) return begins;
  const ends = formatInZone(to, zone);
  const [, clock = ends] =
    dayIn(from, zone) === dayIn(to, zone) ? (/ (\d\d:\d\d) /.exec(ends) ?? []) : [];
  const bare = (text: string) => text.slice(0, -zone.length - 1);
  return `${bare(begins)} to ${clock === ends ? bare(ends) : clock} ${zone}`;
}

const DAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"] as const;

/** UTC has no rules to be looked up, so it is reckoned here: gates say such moments at each of their verdicts. */
function formatInUtc(at: Instant): string {
  const day = Math.floor(at / DAY);
  const minute = Math.floor((at - day * DAY) / MINUTE);
  const clock = `${twoDigits(Math.floor(minute / 60))}:${twoDigits(minute % 60)}`;
  // The first day of the epoch was a Thursday.
  return `${DAYS[(((day + 4) % 7) + 7) % 7]} ${dateOf(day)} ${clock}`;
}

/**
 * The date of a day since 1970-01-01, in the Gregorian calendar. Years are counted from March in eras of 400 years, whose
 * lengths never differ, after H. Hinnant, "chrono-Compatible Low-Level Date Algorithms" (2014), `civil_from_days`.
 */
function dateOf(day: number): string {
  const shifted = day + 719_468;
  const era = Math.floor(shifted / 146_097);
  const ofEra = shifted - era * 146_097;
  const leaps = Math.floor(ofEra / 1460) - Math.floor(ofEra / 36_524) + Math.floor(ofEra / 146_096);
  const year = Math.floor((ofEra - leaps) / 365);
  const ofYear = ofEra - (365 * year + Math.floor(year / 4) - Math.floor(year / 100));
  const fromMarch = Math.floor((5 * ofYear + 2) / 153);
  const date = ofYear - Math.floor((153 * fromMarch + 2) / 5) + 1;
  const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
  const wholeYear = year + era * 400 + (month <= 2 ? 1 : 0);
  return `${yearText(wholeYear)}-${twoDigits(month)}-${twoDigits(date)}`;
}

/** Years that four digits cannot say have a sign and six, as ISO 8601 extends them. */
function yearText(year: number): string {
  if (year >= 0 && year <= 9999) return String(year).padStart(4, "0");
  return `${year < 0 ? "-" : "+"}${String(Math.abs(year)).padStart(6, "0")}`;
}

function twoDigits(value: number): string {
  return value < 10 ? `0${value}` : `${value}`;
}
