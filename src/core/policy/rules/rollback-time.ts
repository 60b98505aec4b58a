import { formatDuration } from "../../base/time.ts";
import type { Rule } from "../finding.ts";
import { boundOf, rollbackPlan } from "../rollback-plan.ts";
import { acrossTypes } from "./across-types.ts";

/** The promised rollback time can be kept from every place of every release type, at the longest that steps may take. */
export const rollbackTime: Rule = (policy) => {
  const { target, most = target, decide } = policy.rollback;
  const look = Math.max(...policy.guard.look.map(({ every }) => every));
  const contradiction = {
    severity: "error" as const,
    path: ["rollback", "most"],
    sentence: `the longest time of all (${formatDuration(most)}) is shorter than the target (${formatDuration(target)})`,
    remedy: "Exchange them",
  };
  const late = acrossTypes(policy, (type) => {
    const { slowest } = rollbackPlan(policy, type);
    if (slowest === null || slowest.bound <= target) return [];
    const parts = slowest.steps.map((step) => `${step.kind} ${formatDuration(boundOf([step]))}`);
    const over = slowest.bound > most;
    return [
      {
        severity: over ? ("error" as const) : ("warning" as const),
        path: ["rollback", over && most !== target ? "most" : "target"],
        sentence: `rolling back from ${slowest.kind} in phase ${slowest.phase} may take ${formatDuration(slowest.bound)}, promised are ${formatDuration(over ? most : target)}`,
        counterexample: `decision ${formatDuration(decide)}, ${parts.join(", ")}; it may be ${formatDuration(look)} before that until it is seen`,
        remedy: "Give the slowest steps a shorter time, or promise less",
      },
    ];
  });
  return most < target ? [contradiction, ...late] : late;
};
