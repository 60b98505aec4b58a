import { listed, quoted } from "../../base/words.ts";
import type { Absence } from "../../gates/staff.ts";
import type { Found, Rule } from "../finding.ts";
import type { Policy } from "../policy.ts";
import { type Signoff, seatedOf } from "./quorum.ts";

/** What people answer can be answered while some are away: on the days that are known, and whoever else may be missing. */
export const absences: Rule = (policy) => {
  const met = askedOfPeople(policy).filter(
    ({ signoff }) => seatedOf(signoff, policy.roles) !== null,
  );
  const dated = met.map((gate) => whileAway(policy, gate));
  const others = met.filter((_, index) => dated[index] === null);
  return [
    ...dated.flatMap((found) => found ?? []),
    ...onSomebody(policy, others),
    ...onAuthors(policy, others),
  ];
};

/** Sign-offs, and what the owner of a gate answers alone, as a sign-off of one. */
function askedOfPeople({ gates }: Policy): readonly Gate[] {
  return Object.entries(gates).flatMap(
    ([name, { signoff, owner, checklist, evidence }]): Gate[] => {
      if (signoff !== undefined) return [{ name, signoff, at: "signoff", by: "signoff" }];
      const at = checklist === undefined ? "evidence" : "checklist";
      if (owner === undefined || (checklist ?? evidence) === undefined) return [];
      return [
        { name, signoff: { roles: { [owner]: 1 }, distinct: true, not: [] }, at, by: "owner" },
      ];
    },
  );
}

interface Gate {
  readonly name: string;
  readonly signoff: Signoff;
  /** The kind of the gate. */
  readonly at: "signoff" | "checklist" | "evidence";
  readonly by: "signoff" | "owner";
}

function placeOf({ name, by }: Gate): Found["path"] {
  return by === "owner" ? ["gates", name, "owner"] : ["gates", name, "signoff", "roles"];
}

function whileAway(policy: Policy, gate: Gate): Found | null {
  const { name, signoff, at } = gate;
  const first = policy.absences
    .toSorted((a, b) => (a.from < b.from ? -1 : 1))
    .find(({ from }) => !isMet(policy, { signoff, away: policy.absences, day: from }));
  if (first === undefined) return null;
  return {
    severity: "warning",
    path: placeOf(gate),
    sentence: `the ${at === "signoff" ? "sign-off" : at} ${quoted(name)} cannot be met while ${quoted(first.who)} is away`,
    counterexample: `on ${first.from} nobody is left who could fill every seat`,
    remedy: `Name another person or a deputy in ${listed(Object.keys(signoff.roles), "or")}`,
  };
}

/** Sign-offs that wait for the same person are told together, at the first of them. */
function onSomebody(policy: Policy, gates: readonly Gate[]): Found[] {
  const waiting = new Map<string, Gate[]>();
  for (const gate of gates)
    for (const who of neededBy(policy, gate.signoff))
      waiting.set(who, [...(waiting.get(who) ?? []), gate]);
  return [...waiting].slice(0, MOST_TOLD).flatMap(([who, all]): Found[] => {
    const [first] = all;
    if (first === undefined) return [];
    const names = listed(all.map(({ name }) => quoted(name)));
    return [
      {
        severity: "note",
        path: placeOf(first),
        sentence: `${names} ${all.length === 1 ? "waits" : "wait"} for one person`,
        counterexample: `when ${quoted(who)} is away, nobody can answer there`,
        remedy: "Name another person or a deputy in the role",
      },
    ];
  });
}

/** Sign-offs that nobody is left for when one person wrote the release and another is away: told together, at the first. */
function onAuthors(policy: Policy, gates: readonly Gate[]): Found[] {
  const held = gates.slice(0, MOST_PAIRED).flatMap((gate) => {
    if (!gate.signoff.not.includes("author")) return [];
    const pair = writtenAndAway(policy, gate.signoff);
    return pair === null ? [] : [{ gate, ...pair }];
  });
  const [first] = held;
  if (first === undefined) return [];
  const names = listed(held.map(({ gate }) => quoted(gate.name)));
  return [
    {
      severity: "note",
      path: placeOf(first.gate),
      sentence: `${names} ${held.length === 1 ? "waits" : "wait"} when one person is away and another wrote the release`,
      counterexample: `at ${quoted(first.gate.name)} when ${quoted(first.away)} is away, for a release that ${quoted(first.author)} wrote`,
      remedy: "Name a third person or a deputy in the role",
    },
  ];
}

/** The first author and absent person of its roles that keep a sign-off from being met together, and neither alone. */
function writtenAndAway(
  policy: Policy,
  signoff: Signoff,
): { readonly author: string; readonly away: string } | null {
  const people = [
    ...new Set(Object.keys(signoff.roles).flatMap((role) => policy.roles[role] ?? [])),
  ];
  const sitting = new Set(neededBy(policy, signoff));
  const asked = people.slice(0, MOST_PEOPLE).filter((who) => !sitting.has(who));
  for (const author of asked) {
    if (!isMet(policy, { signoff, away: [], day: DAY, without: author })) continue;
    for (const who of asked) {
      const away = [{ who, from: DAY, to: DAY }];
      if (who !== author && !isMet(policy, { signoff, away, day: DAY, without: author }))
        return { author, away: who };
    }
  }
  return null;
}

/** Where a role has more people than these, two of them do not matter. */
const MOST_PEOPLE = 6;
/** So many sign-offs are looked at for two people at once. */
const MOST_PAIRED = 200;

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
  {
    signoff,
    away,
    day,
    without,
  }: { signoff: Signoff; away: readonly Absence[]; day: string; without?: string },
): boolean {
  const on = away.filter(({ from, to }) => from <= day && day <= to);
  const gone = new Set(on.map(({ who }) => who));
  const present = Object.keys(signoff.roles)
    .filter((role) => Object.hasOwn(policy.roles, role))
    .map((role) => {
      const people = policy.roles[role] ?? [];
      const deputies = people.some((who) => gone.has(who)) ? policy.staff[role]?.deputies : [];
      return [
        role,
        [...people, ...(deputies ?? [])].filter((who) => !gone.has(who) && who !== without),
      ] as const;
    });
  return seatedOf(signoff, Object.fromEntries(present)) !== null;
}
