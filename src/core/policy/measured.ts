import { stepKind } from "../steps/table.ts";
import type { Policy, StepText } from "./policy.ts";
import { stepSpec } from "./specs.ts";

/**
 * The environments that are measured minute by minute, each once: those whose error budgets some gate asks for, where a
 * release is held by what it spends of one, and where the traffic decides how long a weight lasts.
 */
export function measuredIn({
  gates,
  phases,
  rollback,
}: Pick<Policy, "gates" | "phases" | "rollback">): readonly string[] {
  const asks = (step: StepText) =>
    step.shift?.finds !== undefined ||
    (rollback.on.budget !== undefined && stepKind(stepSpec(step).kind).exposes === true);
  const asked = Object.values(gates).flatMap(({ budget }) => budget?.environment ?? []);
  const exposed = Object.values(phases).flatMap(({ environment, steps }) =>
    environment !== undefined && steps.some(asks) ? [environment] : [],
  );
  return [...new Set([...asked, ...exposed])].sort();
}
