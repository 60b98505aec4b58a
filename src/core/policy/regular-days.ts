// When releases of each type regularly go: every opening of ten years, for what the calendar is held against.
import { dayIn, type Instant } from "../base/time.ts";
import type { Calendar, Span } from "../calendar/calendar.ts";
import { countingFor, freezeSpans } from "../calendar/freezes.ts";
import { union } from "../calendar/spans.ts";
import type { Policy } from "./policy.ts";
import { openingsOf, timesInTenYears } from "./ten-years.ts";

/** One opening of a window in which releases of a type regularly go. */
export interface RegularDay {
  readonly at: Instant;
  /** When the window shuts again. */
  readonly until: Instant;
  readonly window: string;
  /** The day on which it opens, where the window is. */
  readonly day: string;
  /** A freeze that the type is held by is on as it opens. */
  readonly frozen: boolean;
}

/** A window that opens oftener says when people work, not when a release regularly goes: twice in a week. */
const SELDOM_ENOUGH = 1050;

export type RegularDays = ReadonlyMap<string, readonly RegularDay[]>;

const KEPT = new WeakMap<Policy, { readonly from: Instant; readonly days: RegularDays }>();

/** The regular days of each type that has some, in order. Several rules ask alike: they are worked out once for a policy. */
export function regularDays(policy: Policy, calendar: Calendar, within: Span): RegularDays {
  const kept = KEPT.get(policy);
  if (kept?.from === within.from) return kept.days;
  const days = workedOut(policy, calendar, within);
  KEPT.set(policy, { from: within.from, days });
  return days;
}

function workedOut(policy: Policy, calendar: Calendar, within: Span): RegularDays {
  const opened = new Map<string, readonly Opening[]>();
  const openingsFor = (window: string) => {
    const known = opened.get(window) ?? laidOut(calendar, window, within);
    opened.set(window, known);
    return known;
  };
  const all = Object.keys(policy.types).map((type) => {
    const windows = regularWindows(policy, calendar, type);
    const isFrozen = frozenFor(calendar, type, within);
    const days = windows.flatMap((window): RegularDay[] =>
      openingsFor(window).map((opening) => ({ ...opening, frozen: isFrozen(opening.at) })),
    );
    return [type, days.toSorted((a, b) => a.at - b.at)] as const;
  });
  return new Map(all.filter(([, days]) => days.length > 0));
}

type Opening = Omit<RegularDay, "frozen">;

function laidOut(calendar: Calendar, window: string, within: Span): readonly Opening[] {
  const { zone = "UTC", for: lasts = 0 } = calendar.windows[window] ?? {};
  return openingsOf(calendar, window, within).map((at) => {
    return { at, until: at + lasts, window, day: dayIn(at, zone) };
  });
}

/** Its cadence; of a type without one, the windows that its gates wait for, where those open seldom enough. */
function regularWindows(policy: Policy, calendar: Calendar, type: string): readonly string[] {
  const { cadence = [], phases = [] } = policy.types[type] ?? {};
  if (cadence.length > 0) return [...new Set(cadence)];
  const gates = phases.flatMap((phase) => policy.phases[phase]?.gates ?? []);
  const windows = gates.flatMap((gate) => policy.gates[gate]?.window?.in ?? []);
  const isSeldom = (window: string) =>
    timesInTenYears(calendar.windows[window]?.rule) <= SELDOM_ENOUGH;
  return [...new Set(windows)].filter(isSeldom);
}

/** Whether a freeze holds a type at a moment; moments may come in any order. */
function frozenFor(calendar: Calendar, type: string, within: Span): (at: Instant) => boolean {
  const spans = union(
    countingFor(calendar, type).flatMap(([, freeze]) => freezeSpans(freeze, within)),
  );
  return (at) => {
    let [low, high] = [0, spans.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((spans[middle]?.to ?? at) <= at) low = middle + 1;
      else high = middle;
    }
    return at >= (spans[low]?.from ?? Number.POSITIVE_INFINITY);
  };
}
