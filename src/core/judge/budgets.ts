// Error budgets while a release is exposed. One that is spent lets nothing go on; nor does a new version that spends too
// much of one by itself. Both hold and never turn back: a budget says what users have had to bear, not who is to blame.
import { percent } from "../objectives/breaches.ts";
import { budget, expected, stopLoss } from "../objectives/budget.ts";
import { countedBy, type Objective, type Objectives } from "../objectives/objective.ts";
import { NONE, sum, type Tally, tally } from "../objectives/tally.ts";
import type { Recorded } from "./reading.ts";
import type { Sample } from "./sample.ts";
import type { Triggers } from "./triggers.ts";

/** What the policy says of budgets. */
interface Said {
  readonly triggers: Triggers;
  readonly objectives: Objectives;
  /** Objectives whose budget, once spent, holds the release: those that its budget gates ask for. */
  readonly budgets?: readonly string[];
}

/** What both versions did to each objective since the exposure. Plain data. */
export type Exposure = Readonly<
  Record<string, { readonly canary: Tally; readonly baseline: Tally }>
>;

/** The exposure after some more samples; minutes are no one version's, so only what is counted one by one is. */
export function exposed(
  before: Exposure,
  samples: readonly Sample[],
  { triggers, objectives }: Said,
): Exposure {
  if (triggers.budget === undefined) return before;
  const counted = Object.entries(objectives).flatMap(([name, objective]) => {
    if (countedBy(objective) !== "occurrences") return [];
    const of = (arm: "canary" | "baseline") =>
      sum([
        (Object.hasOwn(before, name) ? before[name]?.[arm] : null) ?? NONE,
        ...samples.flatMap((sample) => {
          const counts = sample[arm];
          return (counts && tally(objective, counts)) ?? [];
        }),
      ]);
    return [[name, { canary: of("canary"), baseline: of("baseline") }] as const];
  });
  return Object.fromEntries(counted);
}

/** Why a budget lets nothing go on; null where each is left. What was never recorded has no budget. */
export function overBudget(
  { exposure, overruled }: { exposure: Exposure; overruled: boolean },
  recorded: Recorded | undefined,
  said: Said,
): string | null {
  if (recorded === undefined) return null;
  const found = Object.entries(recorded).flatMap(([name, known]) => {
    const objective = said.objectives[name];
    if (objective === undefined) return [];
    const asks = !overruled && said.budgets?.includes(name);
    const left = budget(objective, () => known, known.measured).left;
    const both = Object.hasOwn(exposure, name) ? exposure[name] : undefined;
    const why =
      asks && left <= 0 ? "its error budget is spent" : overLoss(objective, { known, both }, said);
    return why === null ? [] : [`${name}: ${why}`];
  });
  return found.length > 0 ? found.join("; ") : null;
}

function overLoss(
  objective: Objective,
  { known, both }: { known: Recorded[string]; both: Exposure[string] | undefined },
  { triggers }: Said,
): string | null {
  if (both === undefined || triggers.budget === undefined) return null;
  const spends = triggers.budget.spends / 10_000;
  const all = expected(objective, known, known.measured);
  const { excess, limit, spent } = stopLoss(objective, { ...both, all, spends });
  if (!spent) return null;
  const share = limit > 0 ? (excess / limit) * spends : 1;
  return `the new version alone has spent ${percent(share)} of its error budget, and ${percent(spends)} may go on one release`;
}
