// Freezes: which are on at a moment, for which release type, and until when. One that cannot be read never ends.
import { DAY, type Instant } from "../base/time.ts";
import type { Calendar, Freeze, Span } from "./calendar.ts";
import { lastMomentOf, momentOf, occurrences } from "./recurrence.ts";
import { union } from "./spans.ts";

/** How far the end of a freeze is looked for. */
const LOOK_AHEAD = 400 * DAY;

/** A freeze that is on, and until when; null where no end is in sight. */
export interface FreezeOn {
  readonly name: string;
  readonly freeze: Freeze;
  readonly until: Instant | null;
}

/** The freezes that are on for a release type. */
export function freezesAt(calendar: Calendar, type: string, now: Instant): readonly FreezeOn[] {
  return countingFor(calendar, type)
    .filter(([, freeze]) => freezeSpans(freeze, { from: now, to: now + 1 }).length > 0)
    .map(([name, freeze]) => ({ name, freeze, until: endOf(freeze, now) }));
}

/** The blackout that is on, for everyone. */
export function blackoutAt(calendar: Calendar, now: Instant): FreezeOn | null {
  const black = Object.entries(calendar.freezes).filter(([, { kind }]) => kind === "blackout");
  return freezesAt({ ...calendar, freezes: Object.fromEntries(black) }, "", now)[0] ?? null;
}

/** When a freeze that stops running work next begins or ends for a release type; infinity where none does. */
export function nextFreezeChange(calendar: Calendar, type: string, now: Instant): Instant {
  const stopping = stoppingFreezes(calendar, type);
  // In growing stretches, so that a near change is found without laying out the whole year.
  for (let ahead = DAY; stopping.length > 0; ahead = Math.min(ahead * 8, LOOK_AHEAD)) {
    const within = { from: now, to: now + ahead };
    const spans = union(stopping.flatMap(([, freeze]) => freezeSpans(freeze, within)));
    const changes = spans.flatMap(({ from, to }) => [from, to]).filter((at) => at > now);
    const next = Math.min(...changes);
    if (next < now + ahead || ahead === LOOK_AHEAD) return next;
  }
  return Number.POSITIVE_INFINITY;
}

/** Those of them that stop work which is under way. */
export function stoppingFreezes(calendar: Calendar, type: string): [string, Freeze][] {
  return countingFor(calendar, type).filter(
    ([, { running = "finish", kind }]) => running !== "finish" || kind === "blackout",
  );
}

/** The freezes that a release type is held by, by name: a blackout makes no exceptions. */
export function countingFor({ freezes }: Calendar, type: string): [string, Freeze][] {
  return Object.entries(freezes).filter(
    ([, { except, kind }]) => kind === "blackout" || !except.includes(type),
  );
}

/** The occurrences of a freeze that reach into a span, whole; the span itself where the freeze cannot be read. */
export function freezeSpans(freeze: Freeze, within: Span): readonly Span[] {
  const { spans } = laidOut(freeze, within);
  return spans === null
    ? [within]
    : spans.filter(({ from, to }) => from < within.to && to > within.from);
}

/** When a freeze comes within a stretch of time; null where it cannot be read. */
interface Laid {
  readonly within: Span;
  readonly spans: readonly Span[] | null;
}

const LAID = new WeakMap<Freeze, Laid>();
const ALWAYS: Span = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };
/** How much further than is asked a freeze that comes again is laid out, at least. */
const SPARE = 30 * DAY;

/**
 * Where a freeze lies in time. A release asks at every turn, and moments in a zone are dear: what was laid out is kept, and
 * a freeze that comes again is laid out some time ahead.
 */
function laidOut(freeze: Freeze, within: Span): Laid {
  const kept = LAID.get(freeze);
  if (kept !== undefined && kept.within.from <= within.from && kept.within.to >= within.to)
    return kept;
  const laid = layOut(freeze, within);
  LAID.set(freeze, laid);
  return laid;
}

function layOut(freeze: Freeze, { from: asked, to }: Span): Laid {
  const { rule, from, zone, for: lasts } = freeze;
  if (rule !== undefined) {
    if (lasts === undefined || freeze.to !== undefined) return { within: ALWAYS, spans: null };
    const within = { from: asked, to: to + Math.max(SPARE, (to - asked) / 4) };
    return { within, spans: occurrences({ rule, from, zone, lasts }, within) };
  }
  const begins = momentOf(from, zone);
  const ends = freeze.to === undefined ? null : lastMomentOf(freeze.to, zone);
  if (begins === null || ends === null) return { within: ALWAYS, spans: null };
  return { within: ALWAYS, spans: [{ from: begins, to: ends }] };
}

/** When a freeze that is on ends; null where that is further away than anyone looks. */
export function endOf(freeze: Freeze, now: Instant): Instant | null {
  const end = union(freezeSpans(freeze, { from: now, to: now + LOOK_AHEAD })).at(0)?.to;
  return end === undefined || end >= now + LOOK_AHEAD ? null : end;
}
