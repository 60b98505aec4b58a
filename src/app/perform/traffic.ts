import { HOUR, type Instant, MINUTE, SECOND } from "#core/base/time.ts";
import type { Traffic } from "#core/judge/step-length.ts";
import { countedBy, type Objective } from "#core/objectives/objective.ts";
import type { Plan } from "#core/release/plan.ts";
import type { Measures } from "../ports/measures.ts";
import type { standingsIn } from "./budget.ts";

/** Share of errors that is taken as usual where no objective counts them. */
const USUAL = 0.001;

/** Requests per second in the last hour, and the share of them that failed; null where nothing counts requests. */
export async function trafficIn(
  measures: Pick<Measures, "sum">,
  { environment, objectives, now }: Parameters<typeof standingsIn>[1],
): Promise<Traffic | null> {
  const rows = await measures.sum(environment, now - HOUR, now + 1);
  const known = rows.flatMap((row) => {
    const objective = objectives[row.objective];
    return objective !== undefined && countsRequests(objective) ? [{ ...row, objective }] : [];
  });
  const best = known.find(({ objective }) => countsErrors(objective)) ?? known[0];
  if (best === undefined) return null;
  const { good, bad, first, objective } = best;
  const seconds = Math.max(now - first, MINUTE) / SECOND;
  const usual = countsErrors(objective) ? bad / (good + bad) : USUAL;
  return { rate: (good + bad) / seconds, usual };
}

/** The same of every environment that a plan shifts traffic in; of each the rate that was said, where one was. */
export async function trafficOf(
  measures: Pick<Measures, "sum">,
  { phases, terms: { objectives } }: Pick<Plan, "phases" | "terms">,
  { now, rate }: { now: Instant; rate: number | undefined },
): Promise<Readonly<Record<string, Traffic | null>>> {
  const shifting = phases.filter(({ steps }) => steps.some(({ kind }) => kind === "shift"));
  const names = [...new Set(shifting.flatMap(({ environment }) => environment ?? []))];
  const found = names.map(async (environment) => {
    const here = await trafficIn(measures, { environment, objectives, now });
    return [environment, rate ? { rate, usual: here?.usual ?? USUAL } : here] as const;
  });
  return Object.fromEntries(await Promise.all(found));
}

function countsErrors({ measure }: Objective): boolean {
  return measure === "success" || measure === "error-rate";
}

function countsRequests(objective: Objective): boolean {
  return countedBy(objective) === "occurrences" && objective.measure !== "database-error-rate";
}
