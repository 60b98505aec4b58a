import type { Instant } from "../../base/time.ts";
import type { Freeze } from "../../calendar/calendar.ts";
import type { Plan } from "../../release/plan.ts";

/** The freeze that is on at a moment, read from its dates alone; null where none is. */
export function freezeOn({ terms }: Plan, at: Instant): Freeze | null {
  for (const name in terms.calendar.freezes) {
    const freeze = terms.calendar.freezes[name];
    if (freeze !== undefined && at >= datesOf(freeze).from && at < datesOf(freeze).to)
      return freeze;
  }
  return null;
}

/** When a freeze that stops running work begins next; null where none does. */
export function nextFreeze({ terms }: Plan, now: Instant): Instant | null {
  let soonest: Instant | null = null;
  for (const freeze of Object.values(terms.calendar.freezes)) {
    const { from } = datesOf(freeze);
    const stops = (freeze.running ?? "finish") !== "finish" && from > now;
    if (stops && (soonest === null || from < soonest)) soonest = from;
  }
  return soonest;
}

interface Dates {
  readonly from: Instant;
  readonly to: Instant;
}

const KNOWN = new WeakMap<Freeze, Dates>();

function datesOf(freeze: Freeze): Dates {
  const known = KNOWN.get(freeze);
  if (known !== undefined) return known;
  const dates = { from: momentOf(freeze.from), to: momentOf(freeze.to ?? freeze.from) };
  KNOWN.set(freeze, dates);
  return dates;
}

/** The moment of a local date and time in UTC. */
function momentOf(local: string): Instant {
  return Temporal.Instant.from(`${local}Z`).epochMilliseconds;
}
