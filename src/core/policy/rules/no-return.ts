import { listed, quoted } from "../../base/words.ts";
import type { Rule } from "../finding.ts";
import type { Policy } from "../policy.ts";
import { rollbackPlan } from "../rollback-plan.ts";
import { type PlacedStep, plannedSteps } from "../specs.ts";
import { acrossTypes } from "./across-types.ts";
import { needsNewVersion } from "./deployed.ts";

/** What may still find the new version bad comes before the point of no return. */
export const noReturn: Rule = (policy) =>
  acrossTypes(policy, (type) => reliesOnRollback(policy, type));

function reliesOnRollback(policy: Policy, type: string) {
  const steps = plannedSteps(policy, type);
  return rollbackPlan(policy, type).closes.flatMap(({ phase, index, environment, why }) => {
    const at = steps.findIndex((step) => step.phase === phase && step.index === index);
    const closing = steps[at];
    const later = steps
      .slice(at + 1)
      .filter((step) => environment === undefined || step.environment === environment)
      .filter(relies);
    if (closing === undefined || later.length === 0) return [];
    const kinds = [...new Set(later.map(({ kind }) => `\`${kind}\``))];
    return [
      {
        severity: "warning" as const,
        path: ["phases", phase, "steps", index, closing.kind],
        part: "key" as const,
        sentence: `${quoted(closing.kind)} is the point of no return (${why}), and ${listed(kinds)} after it may still want to roll back`,
        remedy: "Put it after them, or say how it is undone",
      },
    ];
  });
}

/** Whether a step may end in the judgement that the new version is bad, so that a way back is wanted. */
function relies(step: PlacedStep): boolean {
  if (step.kind === "smoke" || step.kind === "verify") return needsNewVersion(step);
  return ["deploy", "warm", "shift", "watch"].includes(step.kind);
}
