import type { Instant, Millis } from "../base/time.ts";
import { SECOND } from "../base/time.ts";
import { periodAt } from "../calendar/period.ts";
import type { Answer, Approval, Evidence } from "../gates/gate.ts";
import { mayApprove } from "../gates/signoff.ts";
import { peopleAt } from "../gates/staff.ts";
import type { Command } from "../release/commands.ts";
import { gatesOf, type PlacedGate } from "../release/derived.ts";
import type { Intent } from "../release/next.ts";
import { rosterOf } from "../release/people.ts";
import { type GateState, type Release, UNANSWERED } from "../release/state.ts";
import { dueItems } from "../release/watch-reports.ts";
import type { World } from "./simulate.ts";
import { RATE, type Traffic, type Trouble, traffic } from "./traffic.ts";

/** What goes wrong in a simulated world, and when. */
export interface Faults {
  /** Answers by the keys of questions (`production/3-deploy/1/1`) or how these begin. */
  readonly answers?: Readonly<Record<string, Answer>>;
  /** How long answers take, by the same; the usual time where nothing is said. */
  readonly takes?: Readonly<Record<string, Millis>>;
  /** Share of the new version's requests that fail, 0 to 1. */
  readonly errors?: number;
  /** True where the new version does not answer its health probe. */
  readonly unhealthy?: boolean;
  /** What else is wrong with the traffic, of either version. */
  readonly troubles?: readonly Trouble[];
  /** Environments that another release holds, and until when. */
  readonly taken?: readonly Taken[];
  /** People who do nothing. */
  readonly absent?: readonly string[];
}

interface Taken {
  readonly environment: string;
  readonly by: string;
  readonly until: Instant;
}

/** A world in which commands work, traffic flows and people say yes as soon as they may; but for its faults. */
export function world(faults: Faults = {}): World {
  const { errors = 0, unhealthy = false, absent = [] } = faults;
  const own: readonly Trouble[] = errors > 0 || unhealthy ? [{ errors, unhealthy }] : [];
  const troubles = [...own, ...(faults.troubles ?? [])];
  const answers = Object.entries(faults.answers ?? {});
  const takes = Object.entries(faults.takes ?? {});
  const flows = new Map<string, Traffic>();
  const flowIn = (environment: string) => {
    const flow = flows.get(environment) ?? traffic(troubles);
    flows.set(environment, flow);
    return flow;
  };
  return {
    answer(intent, release, now) {
      const { wanted } = intent;
      if (wanted.ask === "weigh") flowIn(wanted.environment).weigh(wanted.canary, now);
      const answer =
        planted(answers, intent, release) ?? well(intent, release, { now, flowIn, faults });
      return { answer, takes: planted(takes, intent, release) ?? takesOf(intent) };
    },
    people: (release, now) => say(release, now, absent) ?? tickReport(release, absent),
  };
}

/** What is said of the first of the beginnings that a question's key has. */
function planted<Said>(
  all: readonly (readonly [beginning: string, said: Said])[],
  { id }: Intent,
  { plan }: Release,
): Said | undefined {
  if (all.length === 0) return undefined;
  const key = id.slice(plan.release.length + 1);
  return all.find(([beginning]) => key.startsWith(beginning))?.[1];
}

function takesOf({ wanted }: Intent): Millis {
  return wanted.ask === "command" ? 20 * SECOND : wanted.ask === "deploy" ? 30 * SECOND : 100;
}

function well(
  { wanted }: Intent,
  release: Release,
  {
    now,
    flowIn,
    faults,
  }: { now: Instant; flowIn: (environment: string) => Traffic; faults: Faults },
): Answer {
  if (wanted.ask === "debts") return { outcome: "done", facts: { overdue: 0 } };
  if (wanted.ask === "record") return { outcome: "done", facts: {} };
  if (wanted.ask === "place") {
    const { name, to: ends } = periodAt(wanted.per, now, wanted.zone);
    const place = `limit/${wanted.of}/${wanted.per}/${name}/1`;
    return { outcome: "done", facts: { place, ends } };
  }
  if (wanted.ask === "claim") return claimed(wanted.environment, now, faults.taken ?? []);
  if (wanted.ask === "look" || wanted.ask === "measure")
    return { outcome: "done", facts: {}, reading: flowIn(wanted.environment).look(now) };
  if (wanted.ask === "traffic") return { outcome: "done", facts: { rate: RATE, usual: 0 } };
  if (wanted.ask === "budget") return { outcome: "done", facts: budgets(release) };
  return GOOD;
}

/** A year without an error: every budget is whole. */
function budgets({ plan }: Release): Evidence {
  const whole = Object.keys(plan.terms.objectives).map((name) => [`${name}.left`, 1]);
  return { ...Object.fromEntries(whole), age: 0 };
}

function claimed(environment: string, now: Instant, taken: readonly Taken[]): Answer {
  const holder = taken.find((one) => one.environment === environment && now < one.until);
  return holder === undefined
    ? { outcome: "done", facts: { claimed: environment } }
    : { outcome: "failed", reason: `${environment} is taken by release ${holder.by}` };
}

/** Exit code 0, and figures that meet any usual requirement. */
const GOOD_REPORT = {
  missing: 0,
  exit: 0,
  tests: 120,
  failures: 0,
  errors: 0,
  warnings: 0,
  skipped: 0,
  lines: 100,
  branches: 100,
  functions: 100,
  critical: 0,
  high: 0,
  moderate: 0,
  low: 0,
  info: 0,
  total: 0,
  new: 0,
};
const GOOD: Answer = { outcome: "done", facts: GOOD_REPORT };

/** Somebody ticks what a report of the watch asks for, as soon as it is due. */
export function tickReport(release: Release, absent: readonly string[]): Command | null {
  const [due] = dueItems(release);
  if (due === undefined) return null;
  for (const people of Object.values(release.plan.terms.roles)) {
    const by = people.find((person) => !absent.includes(person));
    if (by !== undefined) return { ask: "tick", by, gate: due.gate, item: due.item };
  }
  return null;
}

/** The first thing that someone can do for the gates that hold the release now. */
export function say(release: Release, now: Instant, absent: readonly string[]): Command | null {
  const { plan, stand, gates } = release;
  if (stand.at !== "ended" && (stand.at !== "phase" || stand.work !== null)) return null;
  const roster = rosterOf(plan);
  const present = (role: string) =>
    peopleAt(roster, role, now).filter((by) => !absent.includes(by));
  if (stand.at === "ended") return settleOf(release, present);
  if (stand.openedAt === null) return null;
  for (const placed of gatesOf(plan, stand.phase)) {
    const known = gates[placed.key] ?? UNANSWERED;
    if (known.judged.verdict !== "pending") continue;
    const said = SAY[placed.gate.kind]?.(placed, known, { present, now }) ?? null;
    if (said !== null) return said;
  }
  return null;
}

/** Those of a role who are there. */
type Present = (role: string) => readonly string[];
interface Here {
  readonly present: Present;
  readonly now: Instant;
}

/** What people say to the kinds of gates that wait for them. */
const SAY: {
  readonly [kind: string]: (placed: PlacedGate, known: GateState, here: Here) => Command | null;
} = { signoff: approveOf, checklist: tickOf, evidence: proofOf };

function tickOf({ gate, context }: PlacedGate, { ticks }: GateState, { present }: Here) {
  const { items } = gate.config as { items: Record<string, string> };
  const item = Object.keys(items).find((name) => !ticks.some((tick) => tick.item === name));
  const roles = gate.owner === undefined ? Object.keys(context.roles) : [gate.owner];
  const by = roles.flatMap(present)[0];
  if (item === undefined || by === undefined) return null;
  return { ask: "tick", by, gate: gate.name, item } as const;
}

/** Whoever answers for the gate has just done what the record is of. */
function proofOf({ gate, context }: PlacedGate, { proof }: GateState, { present, now }: Here) {
  const roles = gate.owner === undefined ? Object.keys(context.roles) : [gate.owner];
  const by = roles.flatMap(present)[0];
  if (by === undefined || proof?.when === now) return null;
  return { ask: "prove", by, gate: gate.name, link: "https://example.test/record" } as const;
}

/** A debt is settled as soon as the release has ended and someone of its role is there. */
function settleOf({ debts }: Release, present: Present): Command | null {
  for (const { id, roles, settled } of debts) {
    const by = settled === null ? roles.flatMap(present)[0] : undefined;
    const link = "https://example.test/report";
    if (by !== undefined) return { ask: "discharge", by, debt: id, link };
  }
  return null;
}

/** Someone new for a role that still needs people; where that is not enough, anyone who may sign once more. */
function approveOf(
  { gate, context }: PlacedGate,
  { approvals }: GateState,
  { present, now }: Here,
) {
  const config = gate.config as Parameters<typeof mayApprove>[0];
  const as = (role: string, counts: (given: Approval) => boolean) =>
    present(role).find(
      (who) =>
        !approvals.some((given) => given.by === who && counts(given)) &&
        mayApprove(config, { role, by: who, at: now }, context) === null,
    );
  const roles = Object.entries(config.roles);
  for (const [role, wanted] of roles) {
    if (approvals.filter((given) => given.role === role).length >= wanted) continue;
    const by = as(role, () => true);
    if (by !== undefined) return { ask: "approve", by, gate: gate.name, role } as const;
  }
  for (const [role] of roles) {
    const by = as(role, (given) => given.role === role);
    if (by !== undefined) return { ask: "approve", by, gate: gate.name, role } as const;
  }
  return null;
}
