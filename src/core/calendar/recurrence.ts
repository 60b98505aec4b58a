// From local wall-clock times to moments. Recurrence is counted on the bare wall clock (as if the zone were UTC), and
// only then is each start placed in the zone. So a start that a change of clocks skips is not lost, as it is where
// RFC 5545 is followed to the letter: a release window must not vanish once a year without a word.
import { RRuleTemporal } from "rrule-temporal";
import { DAY, type Instant, type Millis } from "../base/time.ts";
import type { Span } from "./calendar.ts";
import { type Rule, readRule } from "./rule.ts";

/** Something that comes again: a window, or a freeze with a rule. */
export interface Recurring {
  readonly rule: string;
  /** Local date and time from which the rule counts. */
  readonly from: string;
  readonly zone: string;
}

/**
 * The starts of all occurrences within a span, in order. Null where the rule, the date or the zone cannot be read; what
 * then follows is the caller's affair, and `check.ts` tells people before it comes to that.
 */
export function startsWithin(recurring: Recurring, within: Span): readonly Instant[] | null {
  const { from, zone } = recurring;
  const rule = readRule(recurring.rule);
  const start = plain(from);
  if (!rule.ok || start === null || !isZone(zone)) return null;
  // No zone's clock is ever moved by a day against another; what the margin brings in too much is cut off below.
  const margin = [wall(within.from - DAY, zone), wall(within.to + DAY, zone)] as const;
  return (
    floating(rule.value, { start, zone }, margin)
      ?.map((found) => placed(found.toPlainDateTime(), zone))
      .filter((at) => at >= within.from && at < within.to) ?? null
  );
}

/** The occurrences of something that lasts, as far as they reach into a span, whole; null where it cannot be read. */
export function occurrences(
  lasting: Recurring & { readonly lasts: Millis },
  within: Span,
): Span[] | null {
  const { lasts } = lasting;
  const starts = startsWithin(lasting, { from: within.from - lasts + 1, to: within.to });
  return starts?.map((from) => ({ from, to: from + lasts })) ?? null;
}

/** The moment of a local date and time: the first one where it comes twice, the end of the gap where it never comes. */
export function momentOf(local: string, zone: string): Instant | null {
  const time = plain(local);
  return time === null || !isZone(zone) ? null : placed(time, zone);
}

/** The last moment of a local date and time: the second one where it comes twice. For the ends of freezes. */
export function lastMomentOf(local: string, zone: string): Instant | null {
  const time = plain(local);
  if (time === null || !isZone(zone)) return null;
  const late = time.toZonedDateTime(zone, { disambiguation: "later" });
  return late.toPlainDateTime().equals(time) ? late.epochMilliseconds : placed(time, zone);
}

/** What a change of clocks makes of a start, in a sentence; null where it makes nothing of it. */
export function clockNote({ rule, from, zone }: Recurring, at: Instant): string | null {
  const shown = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
  const time = shown.toPlainTime().toString({ smallestUnit: "minute" });
  const wanted = /BYHOUR|BYMINUTE/i.test(rule) ? null : from.slice(11);
  const before = Temporal.Instant.fromEpochMilliseconds(at - 1).toZonedDateTimeISO(zone);
  const jumps = before.offsetNanoseconds < shown.offsetNanoseconds;
  if (jumps && wanted !== time)
    return `The clocks skip ${wanted ?? "its time"} on this day; it begins at ${time}.`;
  const later = shown.toPlainDateTime().toZonedDateTime(zone, { disambiguation: "later" });
  return later.epochMilliseconds === at
    ? null
    : `${time} comes twice on this day; it begins at the first.`;
}

/** Zones that were found to be good, in lower case: there are some hundreds, and asking for one is dear. */
const ZONES = new Set<string>();

/** Whether a name is an IANA zone (or UTC). Bare offsets are not: they do not know when clocks change. */
export function isZone(zone: string): boolean {
  const name = zone.toLowerCase();
  if (ZONES.has(name)) return true;
  if (!/^[A-Za-z]/.test(zone)) return false;
  try {
    new Temporal.ZonedDateTime(0n, zone);
  } catch {
    return false;
  }
  ZONES.add(name);
  return true;
}

function placed(local: Temporal.PlainDateTime, zone: string): Instant {
  const early = local.toZonedDateTime(zone, { disambiguation: "earlier" });
  if (early.toPlainDateTime().equals(local)) return early.epochMilliseconds;
  // The clock skips this time: `earlier` lies before the gap, and the gap ends at the next change of clocks.
  return early.getTimeZoneTransition("next")?.epochMilliseconds ?? early.epochMilliseconds;
}

function plain(local: string): Temporal.PlainDateTime | null {
  try {
    return Temporal.PlainDateTime.from(local, { overflow: "reject" });
  } catch {
    return null;
  }
}

/** The occurrences of a rule on the bare wall clock, written as UTC; null where the library finds it makes no sense. */
function floating(
  rule: Rule,
  { start, zone }: { start: Temporal.PlainDateTime; zone: string },
  [from, to]: readonly [Temporal.ZonedDateTime, Temporal.ZonedDateTime],
): Temporal.ZonedDateTime[] | null {
  try {
    const parts = [...rule].map(([key, value]) =>
      key === "UNTIL" ? `UNTIL=${wallUntil(value, zone)}` : `${key}=${value}`,
    );
    const dtstart = start.toZonedDateTime("UTC");
    return new RRuleTemporal({ rruleString: parts.join(";"), dtstart }).between(from, to, true);
  } catch {
    return null;
  }
}

/** UNTIL on the wall clock: a moment (Z) as the zone shows it, a local time as it is, a date with its whole day. */
function wallUntil(until: string, zone: string): string {
  if (!until.includes("T")) return `${until}T235959Z`;
  if (!until.endsWith("Z")) return `${until}Z`;
  const shown = Temporal.Instant.from(until).toZonedDateTimeISO(zone).toPlainDateTime();
  return `${shown.toString({ smallestUnit: "second" }).replaceAll(/[-:]/g, "")}Z`;
}

function wall(at: Instant, zone: string): Temporal.ZonedDateTime {
  const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
  return local.toPlainDateTime().toZonedDateTime("UTC");
}
