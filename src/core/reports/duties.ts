// Who does what in a release: the duties that the policy gives to roles, for the part of the release that it is in, and what
// the release waits for from each role.

import { formatInZone, type Instant } from "../base/time.ts";
import { letsGo } from "../gates/gate.ts";
import { peopleAt } from "../gates/staff.ts";
import { rosterOf } from "../release/people.ts";
import type { Release } from "../release/state.ts";
import { debtReports } from "./debts.ts";
import type { GateReport } from "./gate-report.ts";

/** Before it goes out, while it does, and afterwards: as the duties of a role are told apart. */
export const DUTY_TIMES = ["before", "during", "after"] as const;
type DutyTime = (typeof DUTY_TIMES)[number];

export interface DutiesReport {
  readonly when: DutyTime;
  /** Every role of the policy, in its order. */
  readonly roles: readonly RoleReport[];
}

interface RoleReport {
  readonly role: string;
  /** Who counts for it now: its people, and its deputies while one of them is away. */
  readonly people: readonly string[];
  /** What the policy says that it does at this moment. */
  readonly duties: readonly string[];
  /** What the release waits for from it now, each as something to be done. */
  readonly todo: readonly string[];
  /** How many holds of phases to come it will be asked at, too. */
  readonly later: number;
}

/**
 * The duties in a release at a moment.
 * @param gates those of the phase that holds it, and those of the phases to come
 */
export function dutiesReport(
  release: Release,
  gates: { readonly held: readonly GateReport[]; readonly coming: readonly GateReport[] },
  now: Instant,
): DutiesReport {
  const roster = rosterOf(release.plan);
  const when = timeOf(release);
  const { staff = {} } = release.plan.terms;
  const unmet = { held: gates.held.filter(isAsked), coming: gates.coming.filter(isAsked) };
  const owed = debtReports(release, now).filter(({ state }) => state !== "settled");
  const roles = Object.keys(roster.roles).map((role): RoleReport => {
    const asked = unmet.held.flatMap((gate) => askOf(gate, role));
    const debts = owed.filter(({ roles: of }) => of.includes(role));
    return {
      role,
      people: peopleAt(roster, role, now),
      duties: staff[role]?.duties[when] ?? [],
      todo: [
        ...asked,
        ...debts.map(
          ({ debt, what, due }) =>
            `discharge ${debt} by ${formatInZone(due, roster.zone)}: ${what}`,
        ),
      ],
      later: unmet.coming.filter((gate) => askOf(gate, role).length > 0).length,
    };
  });
  return { when, roles };
}

function isAsked(gate: GateReport): boolean {
  return gate.level !== "review" && !letsGo(gate);
}

/** What a gate that has not passed asks of a role, in the word of the command that answers it. */
function askOf({ name, kind, owner, asks }: GateReport, role: string): string[] {
  const open = asks.filter(({ given, wanted }) => given.length < wanted);
  if (kind === "signoff") return open.some((ask) => ask.name === role) ? [`approve ${name}`] : [];
  if (owner !== role) return [];
  if (kind === "evidence") return [`prove ${name}`];
  return open.length === 0 ? [] : [`tick ${name}: ${open.map((ask) => ask.name).join(", ")}`];
}

/** It goes out in the phases that bring it into the last environment and shift the traffic there. */
function timeOf({ plan, stand }: Release): DutyTime {
  const from = stand.at === "stopped" ? stand.from : stand;
  if (from.at === "ended" || from.at === "withdrawal") return "after";
  if (from.at === "rollback") return "during";
  const going = plan.phases.map(({ steps }) =>
    steps.some(({ kind }) => kind === "deploy" || kind === "shift"),
  );
  const last = going.lastIndexOf(true);
  const where = plan.phases[last]?.environment;
  const first = plan.phases.findIndex(
    ({ environment }, index) => going[index] === true && environment === where,
  );
  const isBefore = from.phase < first || (from.phase === first && from.openedAt === null);
  if (last === -1 || isBefore) return "before";
  return from.phase > last ? "after" : "during";
}
