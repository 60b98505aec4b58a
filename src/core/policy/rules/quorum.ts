import { listed, quoted } from "../../base/words.ts";
import type { Rule } from "../finding.ts";
import type { Policy } from "../policy.ts";

/** Every sign-off can be met by the people of the roster, whoever of them wrote the release. */
export const quorum: Rule = (policy) =>
  Object.entries(policy.gates).flatMap(([name, { signoff }]) => {
    if (signoff === undefined) return [];
    const found = judge(signoff, policy.roles);
    return found === null ? [] : [{ ...found, path: ["gates", name, "signoff", "roles"] }];
  });

export type Signoff = NonNullable<Policy["gates"][string]["signoff"]>;
type Roster = Policy["roles"];

function judge({ roles, distinct, not }: Signoff, roster: Roster) {
  const wanted = Object.entries(roles).filter(([role]) => Object.hasOwn(roster, role));
  const small = wanted.filter(([role, count]) => peopleOf(role, roster).length < count);
  if (small.length > 0)
    return {
      severity: "error" as const,
      sentence: `this sign-off can never be met: ${small
        .map(
          ([role, count]) =>
            `it asks ${count} of ${quoted(role)}, who are ${peopleOf(role, roster).length}`,
        )
        .join("; ")}`,
      remedy: "Ask for fewer, or name more people in the role",
    };
  const seating = new Map<string, string>();
  const chairs = chairsOf(wanted, roster, distinct);
  const empty = seats(wanted).find((role) => !place(role, chairs, { seating, tried: new Set() }));
  if (empty !== undefined)
    return {
      severity: "error" as const,
      sentence: `this sign-off can never be met: ${listed(wanted.map(([role]) => role))} share people, and nobody counts twice`,
      remedy: `Name another person in \`${empty}\`, or say \`distinct: false\``,
    };
  const needed = not.length === 0 ? [] : indispensable(chairs, seating);
  if (needed.length === 0) return null;
  return {
    severity: "warning" as const,
    sentence: `this sign-off cannot be met when ${listed(needed, "or")} is the ${listed(not, "or")} of the release, whose approval does not count`,
    remedy: `Name another person in ${listed(
      wanted.map(([role]) => `\`${role}\``),
      "or",
    )}`,
  };
}

/** The people who fill every seat of a sign-off, in one of the ways to do it; null where nobody can. */
export function seatedOf({ roles, distinct }: Signoff, roster: Roster): readonly string[] | null {
  const wanted = Object.entries(roles).filter(([role]) => Object.hasOwn(roster, role));
  const seating = new Map<string, string>();
  const chairs = chairsOf(wanted, roster, distinct);
  if (!seats(wanted).every((role) => place(role, chairs, { seating, tried: new Set() })))
    return null;
  const sitting = [...chairs.values()].flat().filter(({ id }) => seating.has(id));
  return [...new Set(sitting.map(({ person }) => person))];
}

type Wanted = readonly (readonly [role: string, count: number])[];

/** Who can sit for each role: people, or people in a role where one may count for two. */
type Chairs = ReadonlyMap<string, readonly Chair[]>;
interface Chair {
  readonly id: string;
  readonly person: string;
}

function chairsOf(wanted: Wanted, roster: Roster, distinct: boolean): Chairs {
  return new Map(
    wanted.map(([role]) => [
      role,
      peopleOf(role, roster).map((person) => ({
        id: distinct ? person : `${person} ${role}`,
        person,
      })),
    ]),
  );
}

function seats(wanted: Wanted): readonly string[] {
  return wanted.flatMap(([role, count]) => Array.from({ length: count }, () => role));
}

interface Search {
  /** Which role each chair sits for. */
  readonly seating: Map<string, string>;
  readonly tried: Set<string>;
  readonly without?: string;
}

/** Finds one more chair for a role, moving others where that helps: an augmenting path (Kuhn 1955). */
function place(role: string, chairs: Chairs, search: Search): boolean {
  const { seating, tried, without } = search;
  const open = (chairs.get(role) ?? []).filter(
    ({ id, person }) => person !== without && !tried.has(id),
  );
  const free = open.find(({ id }) => !seating.has(id));
  if (free !== undefined) {
    seating.set(free.id, role);
    return true;
  }
  return open.some(({ id }) => {
    if (tried.has(id)) return false;
    tried.add(id);
    if (!place(seating.get(id) ?? "", chairs, search)) return false;
    seating.set(id, role);
    return true;
  });
}

/** People without whom a full seating cannot be filled again, at most ten of them. */
function indispensable(chairs: Chairs, full: ReadonlyMap<string, string>): readonly string[] {
  const sitting = [...chairs.values()].flat().filter(({ id }) => full.has(id));
  const needed = [...new Set(sitting.map(({ person }) => person))].filter((without) => {
    const own = new Set(sitting.filter(({ person }) => person === without).map(({ id }) => id));
    const freed = [...own].flatMap((id) => full.get(id) ?? []);
    const seating = new Map([...full].filter(([id]) => !own.has(id)));
    return freed.some((role) => !place(role, chairs, { seating, tried: new Set(), without }));
  });
  return needed.slice(0, 10);
}

function peopleOf(role: string, roster: Roster): readonly string[] {
  return [...new Set(roster[role] ?? [])];
}
