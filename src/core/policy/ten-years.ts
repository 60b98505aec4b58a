// The stretch of the calendar that is gone through, opening by opening.
import { DAY, type Instant, momentOfDay } from "../base/time.ts";
import type { Calendar, Freeze, Span, Window } from "../calendar/calendar.ts";
import { momentOf, startsWithin } from "../calendar/recurrence.ts";
import { readRule } from "../calendar/rule.ts";
import type { Policy } from "./policy.ts";

const TEN_YEARS = 3653 * DAY;
/** For policies that state no opening. */
const NO_OPENING = momentOfDay("2026-01-01", "UTC");

/** Ten years from a moment on; where it is left out, from the latest first opening that the policy states. */
export function tenYears(policy: Policy, since?: Instant): Span {
  const stated = Object.values(calendarOf(policy).windows).map(({ from, zone }) =>
    momentOf(from, zone),
  );
  const from = since ?? Math.max(NO_OPENING, ...stated.map((at) => at ?? NO_OPENING));
  return { from, to: from + TEN_YEARS };
}

const CALENDARS = new WeakMap<Policy, Calendar>();

/**
 * The calendar of a policy, each with its zone. What cannot be read is left out: it is another rule's to tell. One policy
 * has one calendar, so that what one rule has laid out of it is there for the next.
 */
export function calendarOf(policy: Policy): Calendar {
  const known = CALENDARS.get(policy);
  if (known !== undefined) return known;
  const { calendar, zone } = policy;
  const made: Calendar = {
    windows: zoned(calendar.windows, zone) as Record<string, Window>,
    freezes: zoned(calendar.freezes, zone) as Record<string, Freeze>,
  };
  CALENDARS.set(policy, made);
  return made;
}

interface Timed {
  readonly from: string;
  readonly to?: string | undefined;
  readonly rule?: string | undefined;
  readonly for?: number | undefined;
  readonly zone?: string | undefined;
}

function zoned(all: Readonly<Record<string, Timed>>, zone: string) {
  return Object.fromEntries(
    Object.entries(all)
      .map(([name, one]) => [name, { ...one, zone: one.zone ?? zone }] as const)
      .filter(([, one]) => isReadable(one)),
  );
}

function isReadable({ from, to, rule, for: lasts, zone = "" }: Timed): boolean {
  const once = rule === undefined && to !== undefined;
  const again = rule !== undefined && to === undefined && lasts !== undefined && readRule(rule).ok;
  return (once || again) && [from, to ?? from].every((local) => momentOf(local, zone) !== null);
}

/** When a window opens within a stretch; never where it is unknown or cannot be read, which is another rule's to tell. */
export function openingsOf({ windows }: Calendar, name: string, within: Span): readonly Instant[] {
  const window = Object.hasOwn(windows, name) ? windows[name] : undefined;
  return window === undefined ? [] : (startsWithin(window, within) ?? []);
}

/** About how often something comes in ten years: never less than it does, so that it can be said before it is laid out. */
export function timesInTenYears(rule: string | undefined): number {
  const read = rule === undefined ? null : readRule(rule);
  if (read === null || !read.ok) return 1;
  const count = (part: string) => read.value.get(part)?.split(",").length ?? 1;
  const every = Number(read.value.get("INTERVAL") ?? 1);
  const days = DAYS[read.value.get("FREQ") ?? ""]?.(count("BYDAY"), count("BYMONTHDAY")) ?? 3653;
  return Math.ceil(days / every) * count("BYHOUR") * count("BYMINUTE");
}

/** The most days of ten years on which a rule comes, by its frequency; yearly rules may name any day. */
const DAYS: Readonly<Record<string, (days: number, dates: number) => number>> = {
  WEEKLY: (days) => 523 * days,
  MONTHLY: (days, dates) => 121 * Math.min(31, 5 * days * dates),
};
