import type { Roster } from "../gates/staff.ts";
import type { Policy } from "../policy/policy.ts";
import type { Plan } from "./plan.ts";
import { refuse } from "./refusals.ts";

/** Who counts for which role in a release, and who stands in for whom. */
export function rosterOf({ terms }: Plan): Roster {
  return rosterIn(terms);
}

type Staffed = Pick<Policy, "roles" | "zone"> & Partial<Pick<Policy, "staff" | "absences">>;

/** The same of a policy. */
export function rosterIn({ roles, staff = {}, absences = [], zone }: Staffed): Roster {
  const named = Object.entries(staff).map(([role, { deputies }]) => [role, deputies] as const);
  return { roles, deputies: Object.fromEntries(named), absences, zone };
}

/** Whether someone has a say in a release at all: a person of the policy's roster, or who asked for the release. */
export function isKnown(plan: Plan, by: string): boolean {
  const { roles, deputies } = rosterOf(plan);
  const all = [...Object.values(roles), ...Object.values(deputies)];
  return by === plan.requester || all.some((people) => people.includes(by));
}

export function stranger(by: string): ReturnType<typeof refuse> {
  return refuse("not-allowed", `${by} is in no role of this policy.`, "Ask someone of the roster.");
}
