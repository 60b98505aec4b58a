// The earliest legal slot of a release: over its windows, the freezes, the days of others, its lead, the notices that are
// still to be given, and the limits that are used up. Pure: the same plan and moments give the same slot.
import { DAY, formatDuration, formatInZone, type Instant } from "../base/time.ts";
import { nextOpening, openAt, type Wanted } from "../calendar/openings.ts";
import type { Plan, PlannedGate } from "../release/plan.ts";

/** A moment before which it cannot be, and why. */
export interface NotBefore {
  readonly at: Instant;
  readonly why: string;
}

export interface Slot {
  readonly at: Instant;
  /** What moved it to there, in order; empty where nothing did. */
  readonly because: readonly string[];
}

const HORIZON = 400 * DAY;
const MOST_TRIES = 200;

/** What keeps a release that is planned now from going at once, beside the calendar: its lead, and notices to be given. */
export function planningTime(plan: Plan): readonly NotBefore[] {
  const { plannedAt, timing, phases } = plan;
  const lead = timing?.lead ?? 0;
  const notices = phases.flatMap(({ gates }) =>
    gates.flatMap(({ name, kind, config }) => {
      if (kind !== "notice") return [];
      const { before } = config as { before: number };
      return [{ at: plannedAt + before, why: `${name} is told ${formatDuration(before)} before` }];
    }),
  );
  const planned = { at: plannedAt + lead, why: `it is planned ${formatDuration(lead)} before` };
  return [...(lead > 0 ? [planned] : []), ...notices];
}

/** The earliest moment from `from` on at which nothing of all this is in the way; null where none is within 400 days. */
export function earliestSlot(
  plan: Plan,
  from: Instant,
  notBefore: readonly NotBefore[] = [],
): Slot | null {
  const { zone } = plan.terms;
  const late = notBefore.filter(({ at }) => at > from);
  const because = late.map(({ why, at }) => `${why}, so not before ${formatInZone(at, zone)}`);
  const wanted = calendarsOf(plan);
  let at = Math.max(from, ...late.map((one) => one.at));
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const shut = wanted.map((one) => [one, openAt(plan.terms.calendar, one, at)] as const);
    const [closed] = shut.filter(([, state]) => !state.open);
    if (closed === undefined) return { at, because };
    const [one, { why }] = closed;
    const left = from + HORIZON - at;
    const next = left > 0 ? nextOpening(plan.terms.calendar, one, at, left) : null;
    if (next === null) return null;
    because.push(`${why}, so not before ${formatInZone(next.from, zone)}`);
    at = next.from;
  }
  return null;
}

/** Everything that the calendar must agree to: the type's cadence, and each gate of a window. */
function calendarsOf(plan: Plan): readonly Wanted[] {
  const { type, timing, phases } = plan;
  const { cadence = [], yields = [] } = timing ?? {};
  const own = { windows: cadence, freezes: true, type, yields };
  const gates = phases.flatMap((phase) => phase.gates.filter(({ kind }) => kind === "window"));
  return [...(cadence.length > 0 ? [own] : []), ...gates.map((gate) => wantedBy(gate, own))];
}

function wantedBy({ config, work = 0 }: PlannedGate, own: Wanted): Wanted {
  const { in: windows, freezes } = config as { in: readonly string[]; freezes: boolean };
  return { ...own, windows: windows.length > 0 ? windows : own.windows, freezes, work };
}

/** Whether one of the windows that a type prefers is open at T-0; true where it prefers none. */
export function isPreferred({ at, type, timing, terms }: Plan): boolean {
  const { prefers = [] } = timing ?? {};
  const wanted = { windows: prefers, freezes: false, type };
  return prefers.length === 0 || openAt(terms.calendar, wanted, at).open;
}
