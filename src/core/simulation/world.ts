import type { Instant, Millis } from "../base/time.ts";
import { DAY, SECOND } from "../base/time.ts";
import { periodAt } from "../calendar/period.ts";
import type { Answer, Evidence } from "../gates/gate.ts";
import { mayApprove } from "../gates/signoff.ts";
import { peopleAt } from "../gates/staff.ts";
import type { Command } from "../release/commands.ts";
import { gatesOf, type PlacedGate } from "../release/derived.ts";
import type { Intent } from "../release/next.ts";
import { rosterOf } from "../release/people.ts";
import { type GateState, type Release, UNANSWERED } from "../release/state.ts";
import type { World } from "./simulate.ts";
import { type Traffic, type Trouble, traffic } from "./traffic.ts";

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
      const key = intent.id.slice(release.plan.release.length + 1);
      const answer = told(faults.answers, key) ?? well(intent, release, { now, flowIn, faults });
      return { answer, takes: told(faults.takes, key) ?? takesOf(intent) };
    },
    people: (release, now) => say(release, now, absent),
  };
}

/** What is said of the first of the beginnings that a key has. */
function told<Said>(planted: Readonly<Record<string, Said>> = {}, key: string): Said | undefined {
  return Object.entries(planted).find(([beginning]) => key.startsWith(beginning))?.[1];
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
  if (wanted.ask === "place") {
    const { name, to: ends } = periodAt(wanted.per, now, wanted.zone);
    const place = `limit/${wanted.of}/${wanted.per}/${name}/1`;
    return { outcome: "done", facts: { place, ends } };
  }
  if (wanted.ask === "claim") return claimed(wanted.environment, now, faults.taken ?? []);
  if (wanted.ask === "look" || wanted.ask === "measure")
    return { outcome: "done", facts: {}, reading: flowIn(wanted.environment).look(now) };
  if (wanted.ask === "budget") return { outcome: "done", facts: budgets(release) };
  if (wanted.ask === "record") return { outcome: "done", facts: fresh(wanted.record, now) };
  return GOOD;
}

/** A year without an error: every budget is whole. */
function budgets({ plan }: Release): Evidence {
  const whole = Object.keys(plan.terms.objectives).map((name) => [`${name}.left`, 1]);
  return { ...Object.fromEntries(whole), age: 0 };
}

/** A record of yesterday: whatever has to be shown was done. */
function fresh(record: string, now: Instant): Evidence {
  return {
    by: "someone@example.test",
    when: now - DAY,
    link: `https://records.example.test/${record}`,
  };
}

function claimed(environment: string, now: Instant, taken: readonly Taken[]): Answer {
  const holder = taken.find((one) => one.environment === environment && now < one.until);
  return holder === undefined
    ? { outcome: "done", facts: { claimed: environment } }
    : { outcome: "failed", reason: `${environment} is taken by release ${holder.by}` };
}

/** Exit code 0, figures that meet any usual requirement, and nothing that is owed. */
const GOOD_REPORT = {
  missing: 0,
  exit: 0,
  overdue: 0,
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

/** The first thing that someone can do for the gates that hold the release now. */
function say(
  { plan, stand, gates }: Release,
  now: Instant,
  absent: readonly string[],
): Command | null {
  if (stand.at !== "phase" || stand.work !== null || stand.openedAt === null) return null;
  const roster = rosterOf(plan);
  const present = (role: string) =>
    peopleAt(roster, role, now).filter((by) => !absent.includes(by));
  for (const placed of gatesOf(plan, stand.phase)) {
    const known = gates[placed.key] ?? UNANSWERED;
    if (known.judged.verdict !== "pending") continue;
    const { kind } = placed.gate;
    const said =
      kind === "signoff"
        ? approveOf(placed, known, { present, now })
        : kind === "checklist"
          ? tickOf(placed, known, present)
          : null;
    if (said !== null) return said;
  }
  return null;
}

/** Those of a role who are there. */
type Present = (role: string) => readonly string[];

function tickOf({ gate, context }: PlacedGate, { ticks }: GateState, present: Present) {
  const { items } = gate.config as { items: Record<string, string> };
  const item = Object.keys(items).find((name) => !ticks.some((tick) => tick.item === name));
  const roles = gate.owner === undefined ? Object.keys(context.roles) : [gate.owner];
  const by = roles.flatMap(present)[0];
  if (item === undefined || by === undefined) return null;
  return { ask: "tick", by, gate: gate.name, item } as const;
}

function approveOf(
  { gate, context }: PlacedGate,
  { approvals }: GateState,
  { present, now }: { present: Present; now: Instant },
) {
  const config = gate.config as Parameters<typeof mayApprove>[0];
  for (const [role, wanted] of Object.entries(config.roles)) {
    if (approvals.filter((given) => given.role === role).length >= wanted) continue;
    const by = present(role).find(
      (who) =>
        !approvals.some((given) => given.by === who) &&
        mayApprove(config, { role, by: who, at: now }, context) === null,
    );
    if (by !== undefined) return { ask: "approve", by, gate: gate.name, role } as const;
  }
  return null;
}
