// When a release of a type goes, as its policy says: resolved once, when it is planned.
import { formatDuration, type Instant, momentFromZero } from "../base/time.ts";
import type { Policy } from "../policy/policy.ts";
import type { Clock, Draft, Timing } from "./plan.ts";

/** The windows that a type goes in, prefers and yields to, and its lead. */
export function timingOf({ types }: Policy, type: string): Timing {
  const { cadence = [], prefers = [], yields = [], lead = 0 } = types[type] ?? {};
  const theirs = yields.flatMap((other) => types[other]?.cadence ?? []);
  return { cadence, prefers, yields: [...new Set(theirs)], lead };
}

/** Every time by which a release must have come so far: the clocks of its type, and its phases' `due`. */
export function clocksOf(policy: Policy, draft: Draft): readonly Clock[] {
  const { clocks = {}, phases = [] } = policy.types[draft.type] ?? {};
  const ofType = Object.entries(clocks).map(([name, { from, within, phase, gate }]): Clock => {
    const what = `${phase ?? gate} has not passed within ${formatDuration(within)} of ${SAY[from]}`;
    return { name, what, due: startOf(from, draft) + within, phase, gate };
  });
  const ofPhases = phases.flatMap((name): Clock[] => {
    const due = policy.phases[name]?.due;
    if (due === undefined) return [];
    const what = `${name} has not passed by ${due}`;
    return [{ name, what, due: momentFromZero(due, draft.at, policy.zone), phase: name }];
  });
  return [...ofType, ...ofPhases];
}

type Start = Policy["types"][string]["clocks"][string]["from"];

const SAY: { readonly [From in Start]: string } = {
  planned: "the planning",
  merge: "the latest commit",
  zero: "T-0",
};

function startOf(from: Start, { plannedAt, at, changes = {} }: Draft): Instant {
  if (from === "zero") return at;
  const merged = Object.values(changes).map(({ last }) => last);
  return from === "merge" && merged.length > 0 ? Math.max(...merged) : plannedAt;
}
