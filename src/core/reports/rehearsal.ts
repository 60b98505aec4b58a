// A release that was lived to its end, as people want to read it: when each phase came, what held it and who could lift
// that, what happened beside, and the way back. A fold of its events, whether they were simulated or not.

import type { Instant, Millis } from "../base/time.ts";
import { letsGo } from "../gates/gate.ts";
import type { Happened, ReleaseEvent } from "../release/events.ts";
import type { Plan } from "../release/plan.ts";
import { rollbackPlan } from "../release/rollback.ts";
import { logLine } from "./log-line.ts";

export interface RehearsalReport {
  readonly system: string;
  readonly type: string;
  readonly version: string;
  readonly zone: string;
  readonly plannedAt: Instant;
  /** T-0. */
  readonly at: Instant;
  readonly phases: readonly PhaseStory[];
  /** What else happened, in order: rollbacks, pauses, clocks that ran out, debts, stops. */
  readonly moments: readonly { readonly at: Instant; readonly what: string }[];
  readonly wayBack: {
    readonly target: Millis;
    /** Longest time from the slowest place of all, and the step after whose beginning it is that slow; null: nothing to undo. */
    readonly bound: Millis;
    readonly slowest: string | null;
    /** While one was gone: when it was decided, and how long it took; null as long as it has no end. */
    readonly gone: { readonly at: Instant; readonly took: Millis | null } | null;
  };
  /** The point of no return, and when it was reached; null where there is none. */
  readonly noReturn: {
    readonly step: string;
    readonly why: string;
    readonly at: Instant | null;
  } | null;
  /** Null while it stands still. */
  readonly end: { readonly how: string; readonly reason: string; readonly at: Instant } | null;
}

export interface PhaseStory {
  readonly name: string;
  readonly environment: string | null;
  readonly openedAt: Instant;
  /** When nothing held it any more, and when its work was done; null: never. */
  readonly releasedAt: Instant | null;
  readonly passedAt: Instant | null;
  readonly holds: readonly HoldStory[];
  readonly steps: readonly StepStory[];
}

/** One gate that did not pass at once. */
export interface HoldStory {
  readonly gate: string;
  readonly level: string;
  readonly since: Instant;
  /** When it passed; null: never. */
  readonly until: Instant | null;
  readonly reason: string;
  /** Who could lift it, by doing what. */
  readonly lift: readonly string[];
}

interface StepStory {
  readonly step: string;
  readonly since: Instant;
  readonly until: Instant | null;
  /** Why it failed for good; null: it did not. */
  readonly failed: string | null;
}

/** The story of a release from its plan and all that happened to it, in order. */
export function rehearsalReport(plan: Plan, happened: readonly Happened[]): RehearsalReport {
  const ended = happened.findLast(({ event }) => event.type === "ReleaseEnded");
  return {
    system: plan.system,
    type: plan.type,
    version: plan.version,
    zone: plan.terms.zone,
    plannedAt: plan.plannedAt,
    at: plan.at,
    phases: happened.flatMap(({ at, event }) =>
      event.type === "PhaseOpened" ? [phaseStory(plan, { name: event.phase, at }, happened)] : [],
    ),
    moments: happened
      .filter(({ event }) => MOMENTS.has(event.type))
      .map(({ at, event }) => ({ at, what: logLine(event) })),
    wayBack: wayBack(plan, happened),
    noReturn: noReturn(plan, happened),
    end:
      ended?.event.type === "ReleaseEnded"
        ? { how: ended.event.how, reason: ended.event.reason, at: ended.at }
        : null,
  };
}

const MOMENTS: ReadonlySet<ReleaseEvent["type"]> = new Set([
  "RollbackDecided",
  "WorkPaused",
  "WorkResumed",
  "ClockMissed",
  "DebtMade",
  "DebtOverdue",
  "StepInDoubt",
  "ReleaseStopped",
]);

function phaseStory(
  plan: Plan,
  { name, at: openedAt }: { name: string; at: Instant },
  happened: readonly Happened[],
): PhaseStory {
  const phase = plan.phases.find((one) => one.name === name);
  const when = (type: "HoldReleased" | "PhasePassed") =>
    happened.find(({ event }) => event.type === type && event.phase === name)?.at ?? null;
  return {
    name,
    environment: phase?.environment ?? null,
    openedAt,
    releasedAt: when("HoldReleased"),
    passedAt: when("PhasePassed"),
    holds: (phase?.gates ?? []).flatMap(({ name: gate, level }) => {
      const story = holdStory(`${name}/${gate}`, happened);
      return story === null ? [] : [{ gate, level, ...story }];
    }),
    steps: (phase?.steps ?? []).flatMap(({ id }) => stepStory(id, happened)),
  };
}

/** What kept a gate from passing at once: the first verdict that says who can lift it, else the first of all. */
function holdStory(
  key: string,
  happened: readonly Happened[],
): Omit<HoldStory, "gate" | "level"> | null {
  const judged = happened.flatMap(({ at, event }) =>
    event.type === "GateJudged" && event.gate === key ? [{ at, ...event }] : [],
  );
  const [first] = judged;
  if (first === undefined || letsGo(first)) return null;
  const until = judged.find(letsGo)?.at ?? null;
  const said = judged.find((one) => !letsGo(one) && (one.lift ?? []).length > 0) ?? first;
  return { since: first.at, until, reason: said.reason, lift: said.lift ?? [] };
}

function stepStory(id: string, happened: readonly Happened[]): StepStory[] {
  const of = happened.flatMap(({ at, event }) =>
    "step" in event && event.step === id ? [{ at, event }] : [],
  );
  const began = of.find(({ event }) => event.type === "StepStarted");
  if (began === undefined) return [];
  const done = of.find(({ event }) => event.type === "StepDone");
  const failed = of.find(({ event }) => event.type === "StepFailed" && event.final)?.event;
  return [
    {
      step: id.slice(id.indexOf("/") + 1),
      since: began.at,
      until: done?.at ?? null,
      failed: failed?.type === "StepFailed" ? failed.reason : null,
    },
  ];
}

function wayBack(plan: Plan, happened: readonly Happened[]): RehearsalReport["wayBack"] {
  const steps = plan.phases.flatMap((phase) => phase.steps);
  let slowest: { step: string; bound: Millis } | null = null;
  for (const [at, { id }] of steps.entries()) {
    const { bound } = rollbackPlan(plan, steps.slice(0, at + 1));
    if (bound > (slowest?.bound ?? 0)) slowest = { step: id, bound };
  }
  const decided = happened.find(({ event }) => event.type === "RollbackDecided");
  const ended = happened.find(
    ({ event }) => event.type === "ReleaseEnded" && event.how === "rolled-back",
  );
  return {
    target: plan.terms.rollback.target,
    bound: slowest?.bound ?? 0,
    slowest: slowest?.step ?? null,
    gone:
      decided === undefined
        ? null
        : { at: decided.at, took: ended === undefined ? null : ended.at - decided.at },
  };
}

function noReturn(plan: Plan, happened: readonly Happened[]): RehearsalReport["noReturn"] {
  const { noReturn: point } = rollbackPlan(
    plan,
    plan.phases.flatMap((phase) => phase.steps),
  );
  if (point === null) return null;
  const began = happened.find(
    ({ event }) => event.type === "StepStarted" && event.step === point.step,
  );
  return { ...point, at: began?.at ?? null };
}
