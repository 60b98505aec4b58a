import { formatDuration, type Millis } from "../base/time.ts";
import { percent } from "./breaches.ts";
import { type Burning, budget, burning, type Counted } from "./budget.ts";
import type { Objectives } from "./objective.ts";

/** Where one objective stands: what is left of its error budget, and whether it burns too fast now. */
export interface Standing {
  readonly objective: string;
  /** Share of the period's budget that is left; 0 or less once it is spent. */
  readonly left: number;
  /** The gravest alert that burns now. */
  readonly alert: "page" | "ticket" | null;
  /** One line for people. */
  readonly said: string;
}

/**
 * Where every objective stands, in the order of the policy.
 * @param counted what was counted of an objective in the last `span` ms
 * @param measured since when there is a record of it, in ms before now
 */
export function standings(
  objectives: Objectives,
  counted: (objective: string) => Counted,
  measured: (objective: string) => Millis,
): readonly Standing[] {
  return Object.entries(objectives).flatMap(([name, objective]) => {
    const of = counted(name);
    const { left, tally } = budget(objective, of, measured(name));
    if (tally.good + tally.bad === 0) return [];
    const [gravest] = burning(objective, of);
    const alert = gravest?.alert ?? null;
    return [{ objective: name, left, alert, said: said(name, left, gravest) }];
  });
}

function said(name: string, left: number, burns: Burning | undefined): string {
  const rest =
    left > 0 ? `${percent(left)} of its error budget is left` : "its error budget is spent";
  if (burns === undefined) return `${name}: ${rest}`;
  const rate = Number.isFinite(burns.rate) ? `${Math.round(burns.rate * 10) / 10} times` : "far";
  return `${name}: ${rest}, and it burns ${rate} too fast over ${formatDuration(burns.long)}${burns.short > 0 ? ` and ${formatDuration(burns.short)}` : ""}`;
}
