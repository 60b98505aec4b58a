// Times by which a release must have come so far. A clock that runs out is journalled and told once, and stops nothing:
// it says that a promise was broken, not what is to be done.
import { formatDuration, type Instant } from "../base/time.ts";
import type { ReleaseEvent } from "./events.ts";
import type { Clock, Plan } from "./plan.ts";
import type { Release } from "./state.ts";

/** The clocks that run after an event: those of the plan from its start, those of a phase from the end of its hold. */
export function clocksAfter(
  { clocks, plan }: Pick<Release, "clocks" | "plan">,
  event: ReleaseEvent,
  at: Instant,
): readonly Clock[] {
  switch (event.type) {
    case "ReleasePlanned":
      return event.plan.clocks ?? [];
    case "ReleaseRevised": {
      // What was met or missed under the former plan is not told again.
      const running = new Set(clocks.map(({ name }) => name));
      const former = new Set((plan.clocks ?? []).map(({ name }) => name));
      const isRunning = ({ name }: Clock) => running.has(name) || !former.has(name);
      return (event.plan.clocks ?? []).filter(isRunning);
    }
    case "HoldReleased":
      return [...clocks, ...workClock(plan, event.phase, at)];
    case "PhasePassed":
      return without(clocks, ({ phase }) => phase === event.phase);
    case "GateJudged":
    case "GateWaived": {
      const isMet = event.type === "GateWaived" || event.verdict === "pass";
      return isMet ? without(clocks, ({ gate }) => gate === event.gate.split("/")[1]) : clocks;
    }
    case "ClockMissed":
      return without(clocks, ({ name, due }) => name === event.clock && due === event.due);
    case "RollbackDecided":
    case "ReleaseEnded":
      return [];
    default:
      return clocks;
  }
}

function without(clocks: readonly Clock[], gone: (clock: Clock) => boolean): readonly Clock[] {
  return clocks.some(gone) ? clocks.filter((clock) => !gone(clock)) : clocks;
}

function workClock(plan: Plan, name: string, at: Instant): Clock[] {
  const longest = plan.phases.find((phase) => phase.name === name)?.longest;
  if (longest === undefined) return [];
  const what = `the work of ${name} takes longer than ${formatDuration(longest)}`;
  return [{ name: `${name}-work`, what, due: at + longest, phase: name }];
}

/** The clocks that have run out at `now`. */
export function clocksMissed({ clocks, stand }: Release, now: Instant): readonly ReleaseEvent[] {
  if (stand.at === "ended") return [];
  return clocks
    .filter(({ due }) => now >= due)
    .map(({ name, what, due }) => ({ type: "ClockMissed", clock: name, what, due }));
}
