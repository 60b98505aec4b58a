// Steps under way, one after the other. A step is: to be begun -> attempt (asking, waiting) -> done, or failed; a failed one
// is tried again after a pause until its retries are used up; one whose end is not known is in doubt until that is settled.
import { type Instant, MINUTE, SECOND } from "../base/time.ts";
import type { Answer } from "../gates/gate.ts";
import type { Judgement } from "../judge/judge.ts";
import type { Attempt, Move, StepContext } from "../steps/step.ts";
import { stepKind } from "../steps/table.ts";
import type { ReleaseEvent } from "./events.ts";
import type { PlannedStep } from "./plan.ts";
import { BEFORE_STEP, type Release, type Work } from "./state.ts";
import { unticked } from "./watch-reports.ts";

/** What time alone makes of the work at `now`: the next event, or null when it waits. */
export function advanceWork(release: Release, work: Work, now: Instant): ReleaseEvent | null {
  const step = work.steps[work.step];
  if (step === undefined || work.failed !== null || work.doubt !== null) return null;
  if (work.attempt === null) {
    if (work.retryAt !== null && now < work.retryAt) return null;
    return { type: "StepStarted", step: step.id, attempt: work.attempts + 1 };
  }
  const move = moveOf(release, work, now);
  if (move?.move === "done")
    return { type: "StepDone", step: step.id, evidence: move.evidence ?? {} };
  if (move?.move === "fail") return failed(work, step, move.reason);
  return null;
}

/**
 * The next move of the step under way; null when none is. The judge speaks of the new version only, so the steps of a
 * rollback, which bring back the stable one, do not wait for its word.
 */
export function moveOf(release: Release, work: Work, now: Instant): Move | null {
  const step = work.steps[work.step];
  if (step === undefined || work.attempt === null) return null;
  const exposed = release.stand.at === "phase" ? release.guard : null;
  const judged = exposed?.judged ?? NOT_EXPOSED;
  return stepKind(step.kind).next(
    step.config,
    work.attempt,
    contextOf(release, step, { judged, now }),
  );
}

export function failed(work: Work, step: PlannedStep, reason: string): ReleaseEvent {
  return { type: "StepFailed", step: step.id, reason, final: counting(work) > step.retries };
}

/** Pause before the next attempt: 1 s, 2 s, 4 s ... at most a minute. */
export function backoff(attempts: number): number {
  return Math.min(SECOND * 2 ** (attempts - 1), MINUTE);
}

function counting({ attempts, forgiven }: Work): number {
  return attempts - forgiven;
}

/** The work after one of its events. */
export function evolveWork(work: Work, event: ReleaseEvent, at: Instant): Work {
  switch (event.type) {
    case "StepStarted":
      return {
        ...work,
        attempts: event.attempt,
        attempt: { since: at, answers: [] },
        retryAt: null,
      };
    case "StepAnswered": {
      if (work.attempt === null) return work;
      const answers = [...work.attempt.answers, { at, answer: event.answer }];
      return { ...work, attempt: { ...work.attempt, answers } };
    }
    case "StepDone":
      return { ...BEFORE_STEP, steps: work.steps, step: work.step + 1 };
    case "StepFailed":
      return event.final
        ? { ...work, attempt: null, failed: event.reason }
        : { ...work, attempt: null, retryAt: at + backoff(counting(work)) };
    case "StepInDoubt":
      return { ...work, doubt: { reason: event.reason, asked: work.doubt !== null } };
    case "DoubtSettled":
      return settle(work, event.done, at);
    case "TrafficRetreated":
      // Begun anew after the freeze; the attempt that it broke off was no failure.
      return { ...work, attempt: null, retryAt: null, forgiven: work.forgiven + 1 };
    case "WorkResumed":
      return { ...work, attempt: soakingAnew(work.attempt, at) };
    case "ReleaseResumed":
      return { ...work, forgiven: work.attempts, failed: null, attempt: null, retryAt: null };
    default:
      return work;
  }
}

/** After a pause the weight that is set soaks from now on: what it showed meanwhile counts no more, nor does the wait. */
function soakingAnew(attempt: Attempt | null, at: Instant): Attempt | null {
  const last = attempt?.answers.at(-1);
  if (attempt === null || last === undefined) return attempt;
  return { ...attempt, answers: [...attempt.answers.slice(0, -1), { ...last, at }] };
}

/**
 * What was in doubt is one question of the step, not the whole step: settled as done, the attempt goes on with its next
 * question; settled as not done, the step is begun anew after a pause.
 */
function settle(work: Work, done: boolean, at: Instant): Work {
  if (!done || work.attempt === null)
    return { ...work, attempt: null, doubt: null, retryAt: at + backoff(counting(work)) };
  const answers = [...work.attempt.answers, { at, answer: SETTLED }];
  return { ...work, attempt: { ...work.attempt, answers }, doubt: null };
}

const SETTLED: Answer = { outcome: "done", facts: {} };
const NOT_EXPOSED: Judgement = { verdict: "continue", reason: "nothing is exposed" };

function contextOf(
  release: Release,
  { environment }: PlannedStep,
  { judged, now }: Pick<StepContext, "judged" | "now">,
): StepContext {
  const { system, version, commit, tag, components = [], terms } = release.plan;
  return {
    system,
    version,
    commit,
    tag,
    components,
    environment,
    objectives: terms.objectives,
    judged,
    now,
    unticked: unticked(release),
  };
}
