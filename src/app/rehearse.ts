// How a release would go, before it is started: its plan, lived by the production engine on a virtual clock.
import type { Plan } from "#core/release/plan.ts";
import type { RehearsalReport } from "#core/reports/rehearsal.ts";

/** The story of a planned release, were everything to go well. */
export interface Rehearsal extends RehearsalReport {
  /** The pace of work and people is drawn from it; the same seed gives the same story. */
  readonly seed: number;
  /** False where the story is cut because more happens in it than is looked at. */
  readonly whole: boolean;
}

/** One release is lived at one pace; a page needs no other. */
const SEED = 1;

/** The simulation is loaded only when it is asked for. */
export async function rehearsal(plan: Plan): Promise<Rehearsal> {
  const { rehearsePlan } = await import("#core/simulation/rehearsal.ts");
  const { rehearsalReport } = await import("#core/reports/rehearsal.ts");
  const { happened, whole } = rehearsePlan(plan, SEED);
  return { ...rehearsalReport(plan, happened), seed: SEED, whole };
}
