// What the judge is told of a release: what its policy makes it turn back on, what is promised, and which error budgets
// hold it.
import type { budget } from "../gates/budget.ts";
import type { Charge } from "../judge/judge.ts";
import type { Triggers } from "../judge/triggers.ts";
import { derived } from "./derived.ts";
import type { Release } from "./state.ts";

type Charged = Pick<Release, "plan" | "gates">;

export function chargeOf(release: Charged, environment: string | null): Charge {
  const { objectives, rollback } = release.plan.terms;
  const triggers = inShares(rollback.on, derived(release.plan).exposed);
  return { triggers, objectives, budgets: budgetsOf(release, environment) };
}

/** The promise is one for the whole release: each environment that it is exposed in has its share of the chance. */
function inShares(on: Triggers, environments: number): Triggers {
  const { worse } = on;
  if (worse === undefined || environments < 2) return on;
  return { ...on, worse: { ...worse, chance: worse.chance / environments } };
}

/** The objectives of whose period the judge needs the record with each look. */
export function recordedFor(release: Charged, environment: string): readonly string[] {
  const { objectives, rollback } = release.plan.terms;
  const held = budgetsOf(release, environment);
  return rollback.on.budget === undefined ? held : Object.keys(objectives);
}

/**
 * A budget gate goes on being asked while the release is exposed: a budget that is spent meanwhile holds it as it would have
 * before. A release whose type has no such gate, or for which a person waived it, mends what spends the budget.
 */
function budgetsOf({ plan, gates }: Charged, environment: string | null): readonly string[] {
  const { budgetGates } = derived(plan);
  if (budgetGates.length === 0) return NONE;
  const asked = budgetGates.flatMap(({ gate, key }) => {
    const config = gate.config as Parameters<typeof budget.judge>[0];
    const counts = config.environment === environment && gates[key]?.waived === undefined;
    return counts ? [config.only] : [];
  });
  return Object.keys(plan.terms.objectives).filter((name) =>
    asked.some((only) => only.length === 0 || only.includes(name)),
  );
}

const NONE: readonly string[] = [];
