import { momentOfDay } from "../../base/time.ts";
import { listed, quoted } from "../../base/words.ts";
import { type Absence, peopleAt } from "../../gates/staff.ts";
import type { Found, Rule } from "../finding.ts";
import type { Policy } from "../policy.ts";
import { canBeMet, type Signoff } from "./quorum.ts";

/** Every sign-off can be met while people are away: on the days that are known, and whoever else may be missing once. */
export const absences: Rule = (policy) => {
  const met = Object.entries(policy.gates).flatMap(([name, { signoff }]) =>
    signoff !== undefined && canBeMet(signoff, policy.roles) ? [{ name, signoff }] : [],
  );
  const dated = met.map((gate) => whileAway(policy, gate));
  const others = met.filter((_, index) => dated[index] === null);
  return [...dated.flatMap((found) => found ?? []), ...onSomebody(policy, others)];
};

interface Gate {
  readonly name: string;
  readonly signoff: Signoff;
}

function whileAway(policy: Policy, { name, signoff }: Gate): Found | null {
  const first = policy.absences
    .toSorted((a, b) => (a.from < b.from ? -1 : 1))
    .find(({ from }) => !canBeMet(signoff, presentOn(policy, policy.absences, from)));
  if (first === undefined) return null;
  return {
    severity: "warning",
    path: ["gates", name, "signoff", "roles"],
    sentence: `the sign-off ${quoted(name)} cannot be met while ${quoted(first.who)} is away`,
    counterexample: `on ${first.from} nobody is left who could fill every seat`,
    remedy: `Name another person or a deputy in ${listed(Object.keys(signoff.roles), "or")}`,
  };
}

/** Sign-offs that wait for the same person are told together, at the first of them. */
function onSomebody(policy: Policy, gates: readonly Gate[]): Found[] {
  const waiting = new Map<string, string[]>();
  for (const { name, signoff } of gates)
    for (const who of neededBy(policy, signoff))
      waiting.set(who, [...(waiting.get(who) ?? []), name]);
  return [...waiting].slice(0, MOST_TOLD).map(([who, names]) => ({
    severity: "note",
    path: ["gates", names[0] ?? "", "signoff", "roles"],
    sentence: `${listed(names.map(quoted))} ${names.length === 1 ? "waits" : "wait"} for one person`,
    counterexample: `when ${quoted(who)} is away, nobody can sign there`,
    remedy: "Name another person or a deputy in the role",
  }));
}

function neededBy(policy: Policy, signoff: Signoff): readonly string[] {
  const people = Object.keys(signoff.roles).flatMap((role) => peopleOf(policy, role));
  return [...new Set(people)].slice(0, MOST_PEOPLE).filter((who) => {
    const away = { who, from: DAY, to: DAY };
    return !canBeMet(signoff, presentOn(policy, [away], DAY));
  });
}

/** How many people are told of at most. */
const MOST_TOLD = 20;
/** How many people of a sign-off are sent away, one after the other. */
const MOST_PEOPLE = 100;
/** Any day will do where only one person is away. */
const DAY = "2026-01-01";

function peopleOf({ roles }: Policy, role: string): readonly string[] {
  return Object.hasOwn(roles, role) ? (roles[role] ?? []) : [];
}

/** Who counts for each role on a day: deputies stand in, and who is away does not sign. */
function presentOn(policy: Policy, away: readonly Absence[], day: string): Policy["roles"] {
  const deputies = Object.fromEntries(
    Object.entries(policy.staff).map(([role, one]) => [role, one.deputies]),
  );
  const staff = { roles: policy.roles, deputies, absences: away, zone: "UTC" };
  const gone = new Set(
    away.filter(({ from, to }) => from <= day && day <= to).map(({ who }) => who),
  );
  return Object.fromEntries(
    Object.keys(policy.roles).map((role) => {
      const counting = peopleAt(staff, role, momentOfDay(day, "UTC"));
      return [role, counting.filter((who) => !gone.has(who))];
    }),
  );
}
