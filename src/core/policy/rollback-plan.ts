// The rollback plan of a release type is derived, not written: every kind of step says how it is undone.
import { canonical } from "../base/canonical.ts";
import type { Millis } from "../base/time.ts";
import type { StepSpec, Undo } from "../steps/step.ts";
import { STEPS, type StepKind, stepKind } from "../steps/table.ts";
import type { Policy } from "./policy.ts";
import { type PlacedStep, type PlannedStep, plannedSteps, stepSpec } from "./specs.ts";

/** The way back from a place in a release, once the step there has begun. */
interface RollbackFrom {
  readonly phase: string;
  readonly index: number;
  readonly kind: StepKind;
  /** What is done, in order: the undoing of every step that has begun, then the verification. Empty: nothing to undo. */
  readonly steps: readonly PlannedStep[];
  /** Longest time from the decision until all of it is done, each step succeeding at its first attempt, in ms. */
  readonly bound: Millis;
}

/** A step after which its environment (or, without one, everything before it) cannot go back. */
interface NoReturn {
  readonly phase: string;
  readonly index: number;
  readonly environment?: string | undefined;
  readonly why: string;
}

export interface RollbackPlan {
  /** One entry for each step of the type, in order. */
  readonly from: readonly RollbackFrom[];
  /** The slowest way back of all; null where nothing is ever to be undone. */
  readonly slowest: RollbackFrom | null;
  /** The first such step of each environment, in order. */
  readonly closes: readonly NoReturn[];
  /** The one that makes the release final: that of the environment reached last. */
  readonly noReturn: NoReturn | null;
}

/** The rollback plan of a release type, before any release of it. */
export function rollbackPlan(policy: Policy, type: string): RollbackPlan {
  const steps = plannedSteps(policy, type);
  const verify = policy.rollback.verify.map(stepSpec);
  const from = steps.map(({ phase, index, kind }, at): RollbackFrom => {
    const back = undoSteps(steps.slice(0, at + 1), verify);
    const bound = back.length === 0 ? 0 : policy.rollback.decide + boundOf(back);
    return { phase, index, kind, steps: back, bound };
  });
  const slowest = from.reduce<RollbackFrom | null>(
    (worst, one) => (one.bound > (worst?.bound ?? 0) ? one : worst),
    null,
  );
  const closes = closesOf(steps);
  const last = steps.findLast(({ environment }) => environment !== undefined)?.environment;
  const noReturn = closes.find(({ environment: of }) => of === undefined || of === last) ?? null;
  return { from, slowest, closes, noReturn };
}

/** What takes back the steps that have begun, and then proves it: `takeBack`, `proofs`. */
export function undoSteps(
  begun: readonly PlannedStep[],
  verify: readonly StepSpec[] = [],
): readonly PlannedStep[] {
  const back = takeBack(begun);
  return [...back, ...proofs(back, verify)];
}

/** What sets the records of the steps right that have begun, the latest first: taken after all that brings back. */
export function setRight(begun: readonly PlannedStep[]): readonly PlannedStep[] {
  const right = new Map<string, PlannedStep>();
  for (const { kind, config, environment } of begun.toReversed()) {
    for (const spec of stepKind(known(kind)).setRight?.(config) ?? []) {
      const step = { ...spec, environment };
      right.set(canonical(step), step);
    }
  }
  return [...right.values()];
}

/**
 * What takes back the steps that have begun, the latest first. What several steps want undone alike is done once, in the
 * place of the first of them that was begun.
 *
 * An environment closes at its latest step that cannot be undone (its `promote`, say): what was done there before stays,
 * because the new version is the stable one there. A step without environment that cannot be undone closes everything
 * before it. An empty list means that there is nothing to undo, or that nothing can be undone any more: `isClosed` tells.
 */
export function takeBack(begun: readonly PlannedStep[]): readonly PlannedStep[] {
  const closed = new Set<string | undefined>();
  const back = new Map<string, PlannedStep>();
  for (const { kind, config, environment } of begun.toReversed()) {
    if (closed.has(environment)) continue;
    const undo = undoOf(kind, config);
    if (undo.undo === "impossible") {
      if (environment === undefined) break;
      closed.add(environment);
    }
    for (const spec of undo.undo === "steps" ? undo.steps : []) {
      const key = canonical({ ...spec, environment });
      back.delete(key);
      back.set(key, { ...spec, environment });
    }
  }
  return [...back.values()];
}

/** The verification, once in each environment where something is undone. */
export function proofs(
  back: readonly PlannedStep[],
  verify: readonly StepSpec[],
): readonly PlannedStep[] {
  const environments = new Set(back.map(({ environment }) => environment));
  environments.delete(undefined);
  return [...environments].flatMap((environment) =>
    verify.map((step) => ({ ...step, environment })),
  );
}

/** Whether what was begun in an environment can no longer be taken back, and why: the point of no return is behind. */
export function isClosed(begun: readonly PlannedStep[], environment: string): string | null {
  const last = begun.findLast(
    (step) =>
      (step.environment ?? environment) === environment &&
      undoOf(step.kind, step.config).undo === "impossible",
  );
  const undo = last === undefined ? null : undoOf(last.kind, last.config);
  return undo?.undo === "impossible" ? undo.why : null;
}

/** The longest time some steps take one after the other, each succeeding at its first attempt, in ms. */
export function boundOf(steps: readonly StepSpec[]): Millis {
  return steps.reduce((sum, { kind, config }) => sum + stepKind(known(kind)).bound(config), 0);
}

function closesOf(steps: readonly PlacedStep[]): readonly NoReturn[] {
  const closes: NoReturn[] = [];
  for (const { kind, config, phase, index, environment } of steps) {
    const undo = undoOf(kind, config);
    if (undo.undo !== "impossible") continue;
    if (closes.some(({ environment: of }) => of === undefined || of === environment)) continue;
    closes.push({ phase, index, environment, why: undo.why });
  }
  return closes;
}

function undoOf(kind: string, config: unknown): Undo {
  return stepKind(known(kind)).undo(config);
}

function known(kind: string): StepKind {
  if (!Object.hasOwn(STEPS, kind)) throw new Error(`no kind of step is called ${kind}`);
  return kind as StepKind;
}
