// What a freeze does to a release that is past its gates. `finish`: nothing. `pause`: no further step or weight begins
// until it is over. `retreat`: the same, and traffic that a shift has under way goes back to the stable version first. A
// rollback is never touched: these rules know of phases only.
import type { Instant } from "../base/time.ts";
import { freezesAt } from "../calendar/freezes.ts";
import { stepKind } from "../steps/table.ts";
import { derived } from "./derived.ts";
import type { ReleaseEvent } from "./events.ts";
import type { PlannedStep } from "./plan.ts";
import type { Pause, Release, Work } from "./state.ts";

/** The events by which a release that is at work stops for a freeze, or goes on when the last one is over. */
export function pausing(release: Release, now: Instant): readonly ReleaseEvent[] {
  const { pause, stand, plan } = release;
  if (pause === null && !derived(plan).mayPause) return [];
  if (stand.at !== "phase" || (pause === null && stand.work === null)) return [];
  const [stopping] = stoppingAt(release, now);
  if (pause === null) {
    if (stopping === undefined) return [];
    const { name, running, reason, until } = stopping;
    return [{ type: "WorkPaused", freeze: name, running, reason, until }];
  }
  // Traffic that is on its way back arrives first, or the step would go on from a weight that is no longer set.
  const isOver = stopping === undefined && retreating(release) === null;
  return isOver ? [{ type: "WorkResumed", freeze: pause.freeze }] : [];
}

/** The freezes that stop the release at `now`. A blackout keeps any work in an environment from beginning at all. */
function stoppingAt({ plan, stand, pause }: Release, now: Instant) {
  const work = stand.at === "phase" ? stand.work : null;
  const phase = stand.at === "phase" ? plan.phases[stand.phase] : undefined;
  const isFresh = work !== null && work.step === 0 && work.attempts === 0;
  const begins = phase?.environment !== undefined && isFresh;
  return freezesAt(plan.terms.calendar, plan.type, now).flatMap(({ name, freeze, until }) => {
    const running = freeze.running ?? "finish";
    const isBlackout = freeze.kind === "blackout" && (begins || pause?.freeze === name);
    if (running === "finish" && !isBlackout) return [];
    const how = running === "retreat" ? ("retreat" as const) : ("pause" as const);
    return [{ name, running: how, reason: freeze.reason, until }];
  });
}

/** The pause after an event. */
export function pauseAfter(pause: Pause | null, event: ReleaseEvent, at: Instant): Pause | null {
  switch (event.type) {
    case "WorkPaused": {
      const { freeze, running, reason, until } = event;
      return { freeze, running, reason, until, since: at };
    }
    case "WorkResumed":
    case "RollbackDecided":
    case "ReleaseEnded":
      return null;
    default:
      return pause;
  }
}

/** Whether the step under way moves traffic: such a step stands still during a pause, weight and patience alike. */
export function standsStill({ pause, stand }: Release, work: Work): boolean {
  const step = work.steps[work.step];
  if (pause === null || stand.at !== "phase" || step === undefined) return false;
  return work.attempt === null || stepKind(step.kind).weightAfter !== undefined;
}

/**
 * The step whose half-shifted traffic a retreat sends back, and where. All of the traffic counts as half-shifted too where
 * it has only come since the freeze began: the retreat may be under way already, and must be heard of.
 */
export function retreating({
  pause,
  stand,
  guard,
}: Release): { step: PlannedStep; attempt: number; environment: string } | null {
  if (pause?.running !== "retreat" || stand.at !== "phase" || guard === null) return null;
  const step = stand.work?.steps[stand.work.step];
  if (!stand.work?.attempt || step === undefined || guard.environment === null) return null;
  const isFresh =
    (stand.work.attempt.answers.at(-1)?.at ?? Number.NEGATIVE_INFINITY) >= pause.since;
  const isHalf = guard.weight > 0 && (guard.weight < 10_000 || isFresh);
  if (!isHalf) return null;
  if (stepKind(step.kind).weightAfter === undefined) return null;
  return { step, attempt: stand.work.attempts, environment: guard.environment };
}
