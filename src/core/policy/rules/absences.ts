import { listed, quoted } from "../../base/words.ts";
import type { Absence } from "../../gates/staff.ts";
import type { Found, Rule } from "../finding.ts";
import type { Policy } from "../policy.ts";
import { type Signoff, seatedOf } from "./quorum.ts";

/** Every sign-off can be met while people are away: on the days that are known, and whoever else may be missing once. */
export const absences: Rule = (policy) => {
  const met = Object.entries(policy.gates).flatMap(([name, { signoff }]) =>
    signoff !== undefined && seatedOf(signoff, policy.roles) !== null ? [{ name, signoff }] : [],
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
    .find(({ from }) => !isMet(policy, { signoff, away: policy.absences, day: from }));
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

/** Whoever is needed sits in every seating, so only those who sit in one are sent away, one after the other. */
function neededBy(policy: Policy, signoff: Signoff): readonly string[] {
  return (seatedOf(signoff, policy.roles) ?? []).filter(
    (who) => !isMet(policy, { signoff, away: [{ who, from: DAY, to: DAY }], day: DAY }),
  );
}

/** How many people are told of at most. */
const MOST_TOLD = 20;
/** Any day will do where only one person is away. */
const DAY = "2026-01-01";

/** Whether a sign-off can be met on a day: deputies stand in, and who is away does not sign. */
function isMet(
  policy: Policy,
  { signoff, away, day }: { signoff: Signoff; away: readonly Absence[]; day: string },
): boolean {
  const on = away.filter(({ from, to }) => from <= day && day <= to);
  const gone = new Set(on.map(({ who }) => who));
  const present = Object.keys(signoff.roles)
    .filter((role) => Object.hasOwn(policy.roles, role))
    .map((role) => {
      const people = policy.roles[role] ?? [];
      const deputies = people.some((who) => gone.has(who)) ? policy.staff[role]?.deputies : [];
      return [role, [...people, ...(deputies ?? [])].filter((who) => !gone.has(who))] as const;
    });
  return seatedOf(signoff, Object.fromEntries(present)) !== null;
}
