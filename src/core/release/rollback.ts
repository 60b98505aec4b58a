import type { Millis } from "../base/time.ts";
import { boundOf, proofs, setRight, takeBack } from "../policy/rollback-plan.ts";
import type { PlannedStep as PlacedSpec } from "../policy/specs.ts";
import { type StepKind, stepKind } from "../steps/table.ts";
import type { Plan, PlannedStep } from "./plan.ts";

export interface RollbackPlan {
  /** What undoes the steps, in the order in which it is done; without the verification. Empty: there is no way back. */
  readonly undo: readonly PlannedStep[];
  /** `undo`, then the policy's verification of the stable version wherever something was undone. */
  readonly steps: readonly PlannedStep[];
  /**
   * Longest time from the decision until the old version was proved to serve, in ms, each step done at its first attempt; 0
   * without a way back. Records that are set right after that are not part of it.
   */
  readonly bound: Millis;
  /** The step after which there is no way back, if it has begun. */
  readonly noReturn: NoReturn | null;
}

interface NoReturn {
  readonly step: string;
  readonly why: string;
}

/**
 * The way back from where a release stands: derived from the steps that have begun, never written down by hand. A step
 * counts from its beginning, whether or not it ended or ever took effect: undoing is harmless where there is nothing.
 * What is undone, and in which order, is said in core/policy/rollback-plan.ts, by which policies are checked too.
 *
 * There is no way back at all once the environment that was reached last has closed, or a step without one cannot be
 * undone: going back in the environments before it would help nobody.
 */
export function rollbackPlan(plan: Plan, begun: readonly PlannedStep[]): RollbackPlan {
  const noReturn = pointOfNoReturn(begun);
  const back = noReturn === null ? takeBack(begun) : [];
  const records = noReturn === null ? recordSteps(begun, "rollback") : [];
  if (back.length + records.length === 0) return { undo: [], steps: [], bound: 0, noReturn };
  const { verify, decide } = plan.terms.rollback;
  const undo = named(back, "rollback/undo");
  const steps = [...undo, ...named(proofs(back, verify), "rollback/verify")];
  return {
    undo: [...undo, ...records],
    steps: [...steps, ...records],
    bound: decide + boundOf(steps),
    noReturn,
  };
}

function pointOfNoReturn(begun: readonly PlannedStep[]): NoReturn | null {
  const last = begun.findLast(({ environment }) => environment !== undefined)?.environment;
  for (const { id, kind, config, environment } of begun) {
    if (environment !== undefined && environment !== last) continue;
    const how = stepKind(kind).undo(config);
    if (how.undo === "impossible") return { step: id, why: how.why };
  }
  return null;
}

/** What tells others that the version was taken back: the last part of a way back, and all of a withdrawal. */
export function recordSteps(
  begun: readonly PlannedStep[],
  of: "rollback" | "withdrawal",
): readonly PlannedStep[] {
  return named(setRight(begun), `${of}/record`);
}

/** Steps with ids of their own: `rollback/undo-1-shift`, `withdrawal/record-1-publish`. */
function named(steps: readonly PlacedSpec[], what: string): readonly PlannedStep[] {
  return steps.map((step, at) => {
    const kind = step.kind as StepKind;
    return { ...step, kind, id: `${what}-${at + 1}-${kind}` };
  });
}
