import type { Plan } from "./plan.ts";
import { refuse } from "./refusals.ts";

/** Whether someone has a say in a release at all: a person of the policy's roster, or who asked for the release. */
export function isKnown({ terms, requester }: Plan, by: string): boolean {
  return by === requester || Object.values(terms.roles).some((people) => people.includes(by));
}

export function stranger(by: string): ReturnType<typeof refuse> {
  return refuse("not-allowed", `${by} is in no role of this policy.`, "Ask someone of the roster.");
}
