// What the rules and the clock alone make of a release: the walk through its phases.
//
//   phase: not open -> open (its time has come) -> held, until every gate of level `hold` passes -> steps, in order -> passed
//   after the last phase: stable
//   a step failed for good, or the judge says rollback -> the derived way back, if there is one; else stopped
//   rollback: undo steps, then the policy's verification -> rolled back; a failure stops it for a person
//   withdrawal, of one that is stable: its records are marked -> withdrawn; a failure stops it for a person
import { never } from "../base/result.ts";
import { type Instant, MINUTE } from "../base/time.ts";
import { letsGo, type Verdict } from "../gates/gate.ts";
import { alertEvents } from "./alerts.ts";
import { clockEvents } from "./back-clock.ts";
import { clocksMissed } from "./clocks.ts";
import { debtsMade, debtsOverdue } from "./debts.ts";
import { gatesOf, type PlacedGate } from "./derived.ts";
import type { ReleaseEvent } from "./events.ts";
import { pausing, standsStill } from "./pause.ts";
import type { PlannedPhase } from "./plan.ts";
import { updateEvents } from "./public.ts";
import { rollbackPlan } from "./rollback.ts";
import {
  type Ending,
  type GateState,
  type Release,
  type Stand,
  UNANSWERED,
  type Work,
} from "./state.ts";
import { reportEvents } from "./watch-reports.ts";
import { advanceWork } from "./work.ts";

type InPhase = Extract<Stand, { at: "phase" }>;

/** The events that follow at once from the rules at `now` with nobody asking; none when the release waits. */
export function advance(release: Release, now: Instant): readonly ReleaseEvent[] {
  const clock = clockEvents(release, now);
  if (clock.length > 0) return clock;
  // A report that is due at the very end of its watch comes before that end.
  const reports = reportEvents(release, now);
  if (reports.length > 0) return reports;
  const walked = onTheWay(release, now);
  if (walked.length > 0) return walked;
  const alerts = alertEvents(release, now);
  return alerts.length > 0 ? alerts : updateEvents(release, now);
}

/** The next part of its way, where the rules and the clock let it go on. */
function onTheWay(release: Release, now: Instant): readonly ReleaseEvent[] {
  const { stand } = release;
  const told = beside(release, now);
  if (told.length > 0) return told;
  switch (stand.at) {
    case "phase":
      return onwards(release, stand, now);
    case "rollback":
      return one(goBack(release, stand, now));
    case "withdrawal":
      return one(withdraw(release, stand, now));
    case "stopped":
    case "ended":
      return [];
    default:
      return never(stand);
  }
}

/** What time makes of clocks and debts; most releases have neither. */
function beside(release: Release, now: Instant): readonly ReleaseEvent[] {
  const { clocks, debts, stand } = release;
  // What is owed comes to be only as a release ends.
  if (clocks.length === 0 && debts.length === 0 && stand.at !== "ended") return NOTHING;
  return [...clocksMissed(release, now), ...debtsMade(release, now), ...debtsOverdue(release, now)];
}

const NOTHING: readonly ReleaseEvent[] = [];

function onwards(release: Release, stand: InPhase, now: Instant): readonly ReleaseEvent[] {
  const back = turnBack(release);
  if (back !== null) return [back];
  const pause = pausing(release, now);
  if (pause.length > 0) return pause;
  const phase = release.plan.phases[stand.phase];
  const isHeld = stand.openedAt !== null && stand.work === null;
  return phase !== undefined && isHeld
    ? hold(release, { phase, gates: gatesOf(release.plan, stand.phase) }, now)
    : one(walk(release, stand, now));
}

function one(event: ReleaseEvent | null): readonly ReleaseEvent[] {
  return event === null ? NOTHING : [event];
}

function walk(release: Release, stand: InPhase, now: Instant): ReleaseEvent | null {
  const phase = release.plan.phases[stand.phase];
  if (phase === undefined)
    return { type: "ReleaseEnded", how: "stable", reason: "all phases have passed" };
  if (stand.work === null) {
    return phase.opensAt === null || now >= phase.opensAt
      ? { type: "PhaseOpened", phase: phase.name }
      : null;
  }
  if (stand.work.step >= stand.work.steps.length) return { type: "PhasePassed", phase: phase.name };
  return standsStill(release, stand.work) ? null : advanceWork(release, stand.work, now);
}

/**
 * Judges all gates of an open phase, since none rests on another; lets the hold go when nothing new is to be said of any
 * of them and every one of level `hold` passes at this moment.
 */
function hold(
  release: Release,
  { phase, gates }: { phase: PlannedPhase; gates: readonly PlacedGate[] },
  now: Instant,
): readonly ReleaseEvent[] {
  const { passed } = release;
  const events: ReleaseEvent[] = [];
  let held = false;
  for (const placed of gates) {
    const { gate, key } = placed;
    const known = release.gates[key] ?? UNANSWERED;
    const verdict = standing(known, now) ?? judgeGate(placed, known, { now, passed });
    if (isNews(verdict, known.judged, now))
      events.push({ type: "GateJudged", gate: key, ...verdict });
    else if (askAgainAt(placed, known) <= now) events.push({ type: "GateAskedAgain", gate: key });
    if (gate.level === "hold" && !letsGo(verdict)) held = true;
  }
  return held || events.length > 0 ? events : [{ type: "HoldReleased", phase: phase.name }];
}

/** The verdict that was given, which stands until more is known or the clock reaches the time it was given for. */
function standing({ isStale, judged }: GateState, now: Instant): Verdict | null {
  return isStale || (judged.until !== undefined && judged.until <= now) ? null : judged;
}

/** A later `until` alone is news only once the one that is known has passed: until then it changes nothing. */
function isNews(verdict: Verdict, known: Verdict, now: Instant): boolean {
  if (verdict.verdict !== known.verdict || verdict.reason !== known.reason) return true;
  return verdict.until !== known.until && (known.until ?? now) <= now;
}

/** What one gate says now. */
export function judgeGate(
  { gate, kind, context }: PlacedGate,
  { waived, ...known }: GateState,
  { now, passed }: { now: Instant; passed: Release["passed"] },
): Verdict {
  if (waived) return { verdict: "waived", reason: `waived by ${waived.by}: ${waived.reason}` };
  const { answer, answeredAt, before, approvals, ticks, proof } = known;
  const told = { answer, answeredAt, before, approvals, ticks, proof, passed, now };
  return kind.judge(gate.config, told, context);
}

/** When a gate that asks again by itself does so: after its own pause, doubled with each ask, at most 5 minutes. */
export function askAgainAt(
  { gate, kind }: PlacedGate,
  { answer, answeredAt, judged, ask }: GateState,
): Instant {
  if (letsGo(judged) || answer === undefined || answeredAt === undefined)
    return Number.POSITIVE_INFINITY;
  const pause = kind.askAgain?.(gate.config, answer) ?? null;
  if (pause === null) return Number.POSITIVE_INFINITY;
  return answeredAt + Math.min(pause * 2 ** Math.min(ask - 1, 20), 5 * MINUTE);
}

/** The turn from a phase to the way back, where a step has failed for good or the judge says so. */
function turnBack(release: Release): ReleaseEvent | null {
  const { stand, guard } = release;
  if (stand.at !== "phase") return null;
  const failed = stand.work?.failed ?? null;
  const step = stand.work?.steps[stand.work.step];
  const judged = guard?.judged.verdict === "rollback" ? guard.judged.reason : null;
  const reason = judged ?? (failed === null ? null : `${step?.id} failed: ${failed}`);
  if (reason === null) return null;
  const way = rollbackPlan(release.plan, release.begun);
  if (way.noReturn !== null) {
    return {
      type: "ReleaseStopped",
      reason: `${reason}; there is no way back after ${way.noReturn.step}: ${way.noReturn.why}`,
    };
  }
  if (way.undo.length === 0) return { type: "ReleaseStopped", reason };
  const { steps, bound } = way;
  const badSince = judged === null ? null : (guard?.badSince ?? null);
  return { type: "RollbackDecided", reason, automatic: true, steps, bound, badSince };
}

type Of<At extends Stand["at"]> = Extract<Stand, { at: At }>;

function goBack(release: Release, { work, reason }: Of<"rollback">, now: Instant) {
  return (
    halted("the rollback's", work) ??
    advanceWork(release, work, now) ??
    ended("rolled-back", work, reason)
  );
}

function withdraw(release: Release, { work, reason }: Of<"withdrawal">, now: Instant) {
  return (
    halted("the withdrawal's", work) ??
    advanceWork(release, work, now) ??
    ended("withdrawn", work, reason)
  );
}

/** Work that nothing else can take over stops for a person where one of its steps has failed for good. */
function halted(whose: string, { steps, step, failed }: Work): ReleaseEvent | null {
  return failed === null
    ? null
    : { type: "ReleaseStopped", reason: `${whose} ${steps[step]?.id} failed: ${failed}` };
}

function ended(how: Ending, { steps, step }: Work, reason: string): ReleaseEvent | null {
  return step < steps.length ? null : { type: "ReleaseEnded", how, reason };
}
