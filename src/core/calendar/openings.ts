// When may work begin? A window is a local wall-clock start that comes again, and lasts for a length of time that a
// change of clocks does not bend. A freeze denies, and deny wins. What cannot be read is shut: a window that is unknown
// or makes no sense never opens, such a freeze never ends. `check.ts` finds both before a policy is taken into use.
import { DAY, formatInZone, type Instant, type Millis } from "../base/time.ts";
import type { Calendar, Freeze, Span, Window } from "./calendar.ts";
import { lastMomentOf, momentOf, startsWithin } from "./recurrence.ts";
import { clip, subtract, union } from "./spans.ts";

/** Which windows (any of them will do; none named: any time) and whether freezes count, for which release type. */
export interface Wanted {
  readonly windows: readonly string[];
  readonly freezes: boolean;
  readonly type: string;
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
  const denied = freezesOf(calendar, wanted).filter(([, freeze]) => freezeCovers(freeze, moment));
  if (denied.length > 0)
    return { open: false, why: denied.map((entry) => sayFreeze(entry, now)).join("; ") };
  const allowing = wanted.windows.filter((name) => {
    const window = windowOf(calendar, name);
    return window !== undefined && windowSpans(window, moment).length > 0;
  });
  if (wanted.windows.length > 0 && allowing.length === 0)
    return { open: false, why: sayShut(calendar, wanted.windows) };
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
          return window === undefined ? [] : windowSpans(window, within);
        });
  const denied = freezesOf(calendar, wanted).flatMap(([, freeze]) => freezeSpans(freeze, within));
  return subtract(clip(union(allowed), within), union(denied));
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

/** The freezes that count for the release type, by name. */
function freezesOf({ freezes }: Calendar, wanted: Wanted): [string, Freeze][] {
  if (!wanted.freezes) return [];
  return Object.entries(freezes).filter(([, { except }]) => !except.includes(wanted.type));
}

/** The occurrences of a window that reach into a span, whole. */
function windowSpans(window: Window, within: Span): Span[] {
  return occurrences({ ...window, lasts: window.for }, within) ?? [];
}

/** The occurrences of a freeze that reach into a span, whole; the span itself where the freeze cannot be read. */
function freezeSpans(freeze: Freeze, within: Span): Span[] {
  const { rule, from, zone, for: lasts } = freeze;
  if (rule !== undefined) {
    if (lasts === undefined || freeze.to !== undefined) return [within];
    return occurrences({ rule, from, zone, lasts }, within) ?? [within];
  }
  const begins = momentOf(from, zone);
  const ends = freeze.to === undefined ? null : lastMomentOf(freeze.to, zone);
  if (begins === null || ends === null) return [within];
  return begins < within.to && ends > within.from ? [{ from: begins, to: ends }] : [];
}

function freezeCovers(freeze: Freeze, moment: Span): boolean {
  return freezeSpans(freeze, moment).length > 0;
}

interface Lasting {
  readonly rule: string;
  readonly from: string;
  readonly zone: string;
  readonly lasts: Millis;
}

function occurrences(lasting: Lasting, within: Span): Span[] | null {
  const { lasts } = lasting;
  const starts = startsWithin(lasting, { from: within.from - lasts + 1, to: within.to });
  return starts?.map((from) => ({ from, to: from + lasts })) ?? null;
}

function sayFreeze([name, freeze]: [string, Freeze], now: Instant): string {
  const end = union(freezeSpans(freeze, { from: now, to: now + LOOK_AHEAD })).at(0)?.to;
  const lasts =
    end === undefined || end >= now + LOOK_AHEAD
      ? "is on"
      : `lasts until ${formatInZone(end, freeze.zone)}`;
  return `freeze "${name}" (${freeze.reason}) ${lasts}`;
}

function sayShut(calendar: Calendar, names: readonly string[]): string {
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
