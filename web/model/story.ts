import type { Rehearsal } from "#app/rehearse.ts";
import type { Instant, Millis } from "#core/base/time.ts";
import type { PlanReport } from "#core/reports/plan.ts";
import { isTold } from "#core/reports/told-hold.ts";

/** A phase of a plan, with how it would go as soon as that is known. */
export interface PlannedPhase {
  readonly name: string;
  readonly environment: string | null;
  /** When it would open and pass; null: not known yet, or never. */
  readonly openedAt: Instant | null;
  readonly passedAt: Instant | null;
  readonly gates: readonly PlannedGate[];
  readonly steps: readonly PlannedStep[];
  /** Longest time its steps may take. */
  readonly bound: Millis;
}

interface PlannedGate {
  readonly name: string;
  readonly owner: string | null;
  /** How long it would hold; null where that is not worth telling, or for good. */
  readonly held: Millis | null;
  /** It would never pass. */
  readonly forGood: boolean;
  readonly lift: readonly string[];
}

interface PlannedStep {
  readonly kind: string;
  readonly took: Millis | null;
  /** Why there is no way back once it has begun; null: there is one. */
  readonly noReturn: string | null;
}

/** The phases of a plan, joined with the story of its rehearsal where that is here. */
export function phasesOf(plan: PlanReport, lived: Rehearsal | null): readonly PlannedPhase[] {
  return plan.phases.map(({ name, environment, gates, steps, bound }) => {
    const story = lived?.phases.find((one) => one.name === name);
    return {
      ...{ name, environment, bound },
      openedAt: story?.openedAt ?? null,
      passedAt: story?.passedAt ?? null,
      gates: gates.map((gate) => {
        const hold = story?.holds.find((one) => one.gate === gate.name && isTold(one));
        const isOpen = hold === undefined || hold.until === null;
        return {
          ...{ name: gate.name, owner: gate.owner },
          held: isOpen ? null : hold.until - hold.since,
          forGood: hold !== undefined && hold.until === null && hold.level === "hold",
          lift: hold?.lift ?? [],
        };
      }),
      steps: steps.map((kind, at) => {
        const id = `${at + 1}-${kind}`;
        const work = story?.steps.find(({ step }) => step === id);
        const took = work === undefined || work.until === null ? null : work.until - work.since;
        return { kind, took, noReturn: noReturnAt(plan, `${name}/${id}`) };
      }),
    };
  });
}

/** The plan says `phase/1-promote: why`. */
function noReturnAt({ rollback: { noReturn } }: PlanReport, step: string): string | null {
  return noReturn?.startsWith(`${step}: `) ? noReturn.slice(step.length + 2) : null;
}
