import type { Millis } from "../base/time.ts";
import { stepKind } from "../steps/table.ts";
import type { Plan, PlannedStep } from "./plan.ts";

export interface RollbackPlan {
  /** What undoes the steps, in the order in which it is done; without the verification. */
  readonly undo: readonly PlannedStep[];
  /** `undo`, then the policy's verification of the stable version. */
  readonly steps: readonly PlannedStep[];
  /** Longest time from the decision to the verified end, in ms. */
  readonly bound: Millis;
  /** The step after which there is no way back, if it has begun. */
  readonly noReturn: { readonly step: string; readonly why: string } | null;
}

/** The way back from where a release stands: derived from the steps that have begun, never written down by hand. */
export function rollbackPlan(plan: Plan, begun: readonly PlannedStep[]): RollbackPlan {
  const undo: PlannedStep[] = [];
  let noReturn: RollbackPlan["noReturn"] = null;
  for (const step of begun.toReversed()) {
    const how = stepKind(step.kind).undo(step.config);
    if (how.undo === "impossible") noReturn = { step: step.id, why: how.why };
    if (how.undo === "steps")
      undo.push(
        ...(how.steps as PlannedStep[]).map((spec) => ({ ...spec, environment: step.environment })),
      );
  }
  const environment = begun.findLast((step) => step.environment !== undefined)?.environment;
  const verify = plan.terms.rollback.verify.map((step) => ({
    ...step,
    environment: step.environment ?? environment,
  }));
  const once = undo.filter((step, at) => undo.findIndex((other) => same(other, step)) === at);
  const steps = [...once, ...verify].map((step, at) => ({
    ...step,
    id: `rollback/${at + 1}-${step.kind}`,
  }));
  const work = steps.reduce((sum, step) => sum + stepKind(step.kind).bound(step.config), 0);
  return {
    undo: steps.slice(0, once.length),
    steps,
    bound: plan.terms.rollback.decide + work,
    noReturn,
  };
}

/** Going back twice to the same weight, or stopping the same version twice, is done once. */
function same(one: PlannedStep, other: PlannedStep): boolean {
  return (
    one.kind === other.kind &&
    one.environment === other.environment &&
    JSON.stringify(one.config) === JSON.stringify(other.config)
  );
}
