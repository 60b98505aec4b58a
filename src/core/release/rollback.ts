import { canonical } from "../base/canonical.ts";
import type { Millis } from "../base/time.ts";
import { stepKind } from "../steps/table.ts";
import type { Plan, PlannedStep } from "./plan.ts";

export interface RollbackPlan {
  /** What undoes the steps, in the order in which it is done; without the verification. Empty: there is no way back. */
  readonly undo: readonly PlannedStep[];
  /** `undo`, then the policy's verification of the stable version wherever something was undone. */
  readonly steps: readonly PlannedStep[];
  /** Longest time from the decision to the verified end, in ms, each step done at its first attempt; 0 without a way back. */
  readonly bound: Millis;
  /** The step after which there is no way back, if it has begun. */
  readonly noReturn: NoReturn | null;
}

export interface NoReturn {
  readonly step: string;
  readonly why: string;
}

/**
 * The way back from where a release stands: derived from the steps that have begun, never written down by hand. A step
 * counts from its beginning, whether or not it ended or ever took effect: undoing is harmless where there is nothing.
 *
 * - The latest is undone first, so traffic has left a version before that is stopped.
 * - What several steps want undone alike is done once, in the place of the first of them that was begun.
 * - An environment closes at its latest step that cannot be undone (its `promote`, say): there the new version stays.
 *   Such a step without an environment closes everything that was begun before it.
 * - There is no way back at all once the environment that was reached last has closed, or a step without one cannot be
 *   undone: going back in the environments before it would help nobody.
 */
export function rollbackPlan(plan: Plan, begun: readonly PlannedStep[]): RollbackPlan {
  const noReturn = pointOfNoReturn(begun);
  const wanted = noReturn === null ? undoOf(begun) : [];
  if (wanted.length === 0) return { undo: [], steps: [], bound: 0, noReturn };
  const undo = wanted.map((step, at) => ({ ...step, id: `rollback/undo-${at + 1}-${step.kind}` }));
  const steps = [...undo, ...proofs(plan, undo)];
  const work = steps.reduce((sum, { kind, config }) => sum + stepKind(kind).bound(config), 0);
  return { undo, steps, bound: plan.terms.rollback.decide + work, noReturn };
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

/** What undoes the steps, the latest first. */
function undoOf(begun: readonly PlannedStep[]): readonly PlannedStep[] {
  const closed = new Set<string | undefined>();
  const back = new Map<string, PlannedStep>();
  for (const { id, kind, config, environment } of begun.toReversed()) {
    if (closed.has(environment)) continue;
    const how = stepKind(kind).undo(config);
    if (how.undo === "impossible") closed.add(environment);
    if (how.undo !== "steps") continue;
    for (const spec of how.steps as readonly PlannedStep[]) {
      const key = canonical({ ...spec, environment });
      back.delete(key);
      back.set(key, { ...spec, id, environment });
    }
  }
  return [...back.values()];
}

/** The policy's verification, in each environment where something is undone. */
function proofs({ terms }: Plan, undo: readonly PlannedStep[]): readonly PlannedStep[] {
  const environments = new Set(undo.map(({ environment }) => environment));
  environments.delete(undefined);
  return [...environments]
    .flatMap((environment) => terms.rollback.verify.map((step) => ({ ...step, environment })))
    .map((step, at) => ({ ...step, id: `rollback/verify-${at + 1}-${step.kind}` }));
}
