import type { Policy } from "./policy.ts";

/** The environments that are measured minute by minute: those whose error budgets some gate asks for, each once. */
export function measuredIn(policy: Pick<Policy, "gates">): readonly string[] {
  const named = Object.values(policy.gates).flatMap(({ budget }) => budget?.environment ?? []);
  return [...new Set(named)].sort();
}
