// When may work begin? A window is a local wall-clock start that comes again, and lasts for a length of time that a
// change of clocks does not bend. A freeze denies, and deny wins. What cannot be read is shut: a window that is unknown
// or makes no sense never opens, such a freeze never ends. `check.ts` finds both before a policy is taken into use.
import {
  DAY,
  formatDuration,
  formatInZone,
  HOUR,
  type Instant,
  type Millis,
} from "../base/time.ts";
import type { Calendar, Freeze, Span, Window } from "./calendar.ts";
import { countingFor, endOf, freezeSpans } from "./freezes.ts";
import { occurrences, startsWithin } from "./recurrence.ts";
import { clip, subtract, union } from "./spans.ts";

/** Which windows (any of them will do; none named: any time) and whether freezes count, for which release type. */
export interface Wanted {
  readonly windows: readonly string[];
  readonly freezes: boolean;
  readonly type: string;
  /** Windows of other types, which have the whole day on which they open. */
  readonly yields?: readonly string[];
  /** Longest time that the work may take, for windows that it must end in. */
  readonly work?: Millis;
}

/** How far `openAt` looks for the end of an open stretch; where it has none, it is said to be there. */
const LOOK_AHEAD = 400 * DAY;
/** The first stretch that is searched; each further one is four times as long. */
const FIRST_LOOK = 30 * DAY;

/** Whether work may begin at `now`, why, and until when that holds. Deny wins over allow. */
export function openAt(
  calendar: Calendar,
  wanted: Wanted,
  now: Instant,
): { open: true; why: string; until: Instant } | { open: false; why: string } {
  const moment = { from: now, to: now + 1 };
  const denied = freezesOf(calendar, wanted).filter(
    ([, freeze]) => freezeSpans(freeze, moment).length > 0,
  );
  if (denied.length > 0)
    return { open: false, why: denied.map((entry) => sayFreeze(entry, now)).join("; ") };
  const allowing = openFor(calendar, wanted, { work: wanted.work ?? 0, moment });
  if (wanted.windows.length > 0 && allowing.length === 0)
    return { open: false, why: sayShut(calendar, wanted, moment) };
  const others = othersDays(calendar, wanted, moment);
  if (union(others).some(({ from, to }) => from <= now && now < to))
    return { open: false, why: `the day belongs to ${quoted(wanted.yields ?? [])}` };
  const until = firstOpening(calendar, wanted, { from: now, to: now + LOOK_AHEAD })?.to ?? now + 1;
  return { open: true, why: sayOpen(calendar, allowing, until), until };
}

/**
 * The earliest legal opening at or after `from` within `horizon`; null when there is none. It ends where the windows
 * end, where a freeze begins, or at the horizon.
 */
export function nextOpening(
  calendar: Calendar,
  wanted: Wanted,
  from: Instant,
  horizon: Millis,
): Span | null {
  return firstOpening(calendar, wanted, { from, to: from + horizon });
}

/** Everything legal within a span, in order: the union of the wanted windows, minus the freezes that count. */
export function openings(calendar: Calendar, wanted: Wanted, within: Span): readonly Span[] {
  const allowed =
    wanted.windows.length === 0
      ? [within]
      : wanted.windows.flatMap((name) => {
          const window = windowOf(calendar, name);
          return window === undefined ? [] : windowSpans(window, wanted.work ?? 0, within);
        });
  const frozen = freezesOf(calendar, wanted).flatMap(([, freeze]) => freezeSpans(freeze, within));
  const denied = [...frozen, ...othersDays(calendar, wanted, within)];
  return subtract(clip(union(allowed), within), union(denied));
}

function openFor(
  calendar: Calendar,
  { windows }: Wanted,
  { work, moment }: { work: Millis; moment: Span },
): readonly string[] {
  return windows.filter((name) => {
    const window = windowOf(calendar, name);
    if (window === undefined) return false;
    return windowSpans(window, work, moment).some(({ to }) => to > moment.from);
  });
}

/** Looks in growing stretches, so that a near opening is found without laying out the whole year. */
function firstOpening(calendar: Calendar, wanted: Wanted, within: Span): Span | null {
  const whole = within.to - within.from;
  for (let length = FIRST_LOOK; ; length *= 4) {
    const to = within.from + Math.min(length, whole);
    const [first] = openings(calendar, wanted, { from: within.from, to });
    const isWhole = to === within.to;
    if (first !== undefined && (isWhole || first.to < to)) return first;
    if (isWhole || whole <= 0) return null;
  }
}

function windowOf({ windows }: Calendar, name: string): Window | undefined {
  return Object.hasOwn(windows, name) ? windows[name] : undefined;
}

/** The freezes that count: all that the type is held by, or the blackouts alone where freezes are left out. */
function freezesOf(calendar: Calendar, wanted: Wanted): [string, Freeze][] {
  return countingFor(calendar, wanted.type).filter(
    ([, { kind }]) => wanted.freezes || kind === "blackout",
  );
}

/** The days that belong to other types: whole days of the zone, on which one of their windows opens. */
function othersDays(calendar: Calendar, { yields = [] }: Wanted, within: Span): Span[] {
  return yields.flatMap((name) => {
    const window = windowOf(calendar, name);
    if (window === undefined) return [];
    const starts = startsWithin(window, {
      from: within.from - DAY - HOUR,
      to: within.to + DAY + HOUR,
    });
    return (starts ?? []).map((at) => dayOf(at, window.zone));
  });
}

function dayOf(at: Instant, zone: string): Span {
  const day = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate();
  const from = day.toZonedDateTime(zone).epochMilliseconds;
  return { from, to: day.add({ days: 1 }).toZonedDateTime(zone).epochMilliseconds };
}

/**
 * When work of some length may begin in a window, over a span: the whole of each occurrence; where work must end inside,
 * only as long as it still can.
 */
function windowSpans(window: Window, work: Millis, within: Span): Span[] {
  const spans = occurrences({ ...window, lasts: window.for }, within) ?? [];
  const { longest } = window;
  if (longest === undefined) return spans;
  if (work > longest) return [];
  const begins = spans.map(({ from, to }) => ({ from, to: Math.min(to, to - work + 1) }));
  return begins.filter(({ from, to }) => from < to && to > within.from);
}

function sayFreeze([name, freeze]: [string, Freeze], now: Instant): string {
  const end = endOf(freeze, now);
  const lasts = end === null ? "is on" : `lasts until ${formatInZone(end, freeze.zone)}`;
  return `${freeze.kind ?? "freeze"} "${name}" (${freeze.reason}) ${lasts}`;
}

function sayShut(calendar: Calendar, wanted: Wanted, moment: Span): string {
  const { windows: names, work = 0 } = wanted;
  const tooShort = openFor(calendar, wanted, { work: 0, moment });
  if (tooShort.length > 0)
    return `work of up to ${formatDuration(work)} would not end inside window ${quoted(tooShort)}`;
  const unknown = names.filter((name) => windowOf(calendar, name) === undefined);
  if (unknown.length > 0) return `the calendar has no window ${quoted(unknown)}`;
  return names.length === 1
    ? `window ${quoted(names)} is shut`
    : `none of the windows ${quoted(names)} is open`;
}

function sayOpen(calendar: Calendar, names: readonly string[], until: Instant): string {
  const [first] = names;
  const zone = first === undefined ? undefined : windowOf(calendar, first)?.zone;
  if (zone === undefined) return "no window is asked for, and no freeze is on";
  const which = names.length === 1 ? "window" : "windows";
  return `${which} ${quoted(names)} ${names.length === 1 ? "is" : "are"} open, until ${formatInZone(until, zone)}`;
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(", ");
}
