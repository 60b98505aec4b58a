// What the calendar holds between two days: openings of windows, freezes, and releases that are planned. One entry for
// each occurrence, so that what people see is what the engine acts on, whatever their own calendar makes of rules.
import { formatInZone, type Instant } from "../base/time.ts";
import type { Calendar, Freeze, Span } from "../calendar/calendar.ts";
import { freezeSpans } from "../calendar/freezes.ts";
import { openAt } from "../calendar/openings.ts";
import { clockNote, occurrences } from "../calendar/recurrence.ts";
import type { Policy } from "../policy/policy.ts";
import { zonedCalendar } from "../release/plan.ts";
import { type Release, statusOf } from "../release/state.ts";

export interface AgendaEntry {
  /** The same for the same thing, whenever it is asked for. */
  readonly uid: string;
  readonly kind: "window" | "freeze" | "blackout" | "release";
  readonly from: Instant;
  /** Null for a moment: the T-0 of a release. */
  readonly to: Instant | null;
  readonly title: string;
  /** What else is to be known, one sentence per line; empty where nothing is. */
  readonly note: string;
}

/** At most so many entries are given: a calendar that says more is asked for a shorter time. */
const MOST_ENTRIES = 5000;

/** Everything that reaches into the span, in order. */
export function agenda(
  policy: Policy,
  releases: readonly Release[],
  within: Span,
): readonly AgendaEntry[] {
  const calendar = zonedCalendar(policy);
  const all = [
    ...windowEntries(policy, calendar, within),
    ...freezeEntries(calendar, within),
    ...releases.flatMap((release) => releaseEntry(release, within)),
  ];
  return all.sort((a, b) => a.from - b.from || (a.uid < b.uid ? -1 : 1)).slice(0, MOST_ENTRIES);
}

function windowEntries(policy: Policy, calendar: Calendar, within: Span): AgendaEntry[] {
  return Object.entries(calendar.windows).flatMap(([name, window]) =>
    (occurrences({ ...window, lasts: window.for }, within) ?? []).map(({ from, to }) => ({
      uid: `window-${name}-${from}`,
      kind: "window" as const,
      from,
      to,
      title: windowTitle(policy, name),
      note: windowNote({ policy, calendar }, name, from),
    })),
  );
}

function windowTitle({ types }: Policy, name: string): string {
  const going = Object.keys(types).filter((type) => types[type]?.cadence.includes(name));
  return going.length === 0 ? `Window ${name}` : `${going.join(", ")}: window ${name}`;
}

/** What keeps releases out of a window that is open all the same: a freeze, or a type that has the day. */
function windowNote(
  { policy, calendar }: { policy: Policy; calendar: Calendar },
  name: string,
  from: Instant,
): string {
  const window = calendar.windows[name];
  const clock = window === undefined ? null : clockNote(window, from);
  const kept = Object.entries(policy.types)
    .filter(([, { cadence }]) => cadence.includes(name))
    .flatMap(([type, { yields }]) =>
      keptOut(calendar, { type, from, others: dayOf(policy, yields) }),
    );
  return [...(clock === null ? [] : [clock]), ...kept].join("\n");
}

function dayOf({ types }: Policy, yields: readonly string[]): readonly string[] {
  return yields.flatMap((type) => types[type]?.cadence ?? []);
}

function keptOut(
  calendar: Calendar,
  { type, from, others }: { type: string; from: Instant; others: readonly string[] },
): readonly string[] {
  const wanted = { windows: [], freezes: true, type, yields: others };
  const state = openAt(calendar, wanted, from);
  return state.open ? [] : [`Not for ${type}: ${state.why}.`];
}

function freezeEntries({ freezes }: Calendar, within: Span): AgendaEntry[] {
  return Object.entries(freezes).flatMap(([name, freeze]) =>
    freezeSpans(freeze, within).map(({ from, to }) => ({
      uid: `freeze-${name}-${from}`,
      kind: freeze.kind ?? ("freeze" as const),
      from,
      to,
      title: `${freeze.kind === "blackout" ? "Blackout" : "Freeze"} ${name}: ${freeze.reason}`,
      note: freezeNote(freeze),
    })),
  );
}

function freezeNote({ except, kind, running = "finish" }: Freeze): string {
  const lines = [
    ...(except.length > 0 && kind !== "blackout" ? [`Not for ${except.join(", ")}.`] : []),
    `A release at work: ${running}.`,
  ];
  return lines.join("\n");
}

function releaseEntry(release: Release, within: Span): AgendaEntry[] {
  const { plan, stand, pause } = release;
  if (stand.at === "ended" || plan.at < within.from || plan.at >= within.to) return [];
  const status = statusOf({ stand, pause });
  return [
    {
      uid: `release-${plan.release}`,
      kind: "release",
      from: plan.at,
      to: null,
      title: `T-0 of ${plan.type} ${plan.version}`,
      note: `${plan.release} is ${status}; T-0 is ${formatInZone(plan.at, plan.terms.zone)}.`,
    },
  ];
}
