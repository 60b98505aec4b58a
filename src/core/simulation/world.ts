import type { Instant, Millis } from "../base/time.ts";
import { SECOND } from "../base/time.ts";
import type { Answer } from "../gates/gate.ts";
import { mayApprove } from "../gates/signoff.ts";
import type { Counters, Look } from "../judge/sample.ts";
import { gateContext } from "../release/advance.ts";
import type { Command } from "../release/commands.ts";
import type { Intent } from "../release/next.ts";
import type { PlannedGate } from "../release/plan.ts";
import { gateKey, type Release, UNANSWERED } from "../release/state.ts";
import type { World } from "./simulate.ts";

/** What goes wrong in a simulated world, and when. */
export interface Faults {
  /** Ids of gates' or steps' questions (`production/3-deploy/1/1`) or the beginning of one, with the answer. */
  readonly answers?: Readonly<Record<string, Answer>>;
  /** Share of the new version's requests that fail, 0 to 1. */
  readonly errors?: number;
  /** True where the new version does not answer its health probe. */
  readonly unhealthy?: boolean;
  /** People who do nothing. */
  readonly absent?: readonly string[];
}

const TRAFFIC = 100;

/** A world in which commands work, traffic flows and people say yes as soon as they may; but for its faults. */
export function world(faults: Faults = {}): World {
  let exposedAt: Instant | null = null;
  let weight = 0;
  const planted = Object.entries(faults.answers ?? {});
  return {
    answer(intent, release, now) {
      const { wanted } = intent;
      if (wanted.ask === "weigh") {
        weight = wanted.canary;
        exposedAt ??= now;
      }
      const key = intent.id.slice(release.plan.release.length + 1);
      const told = planted.find(([beginning]) => key.startsWith(beginning));
      if (told !== undefined) return { answer: told[1], takes: SECOND };
      const seconds = exposedAt === null ? 0 : (now - exposedAt) / SECOND;
      return { answer: well(intent, now, { seconds, weight, faults }), takes: takesOf(intent) };
    },
    people: (release, now) => say(release, now, faults.absent ?? []),
  };
}

function takesOf({ wanted }: Intent): Millis {
  return wanted.ask === "command" ? 20 * SECOND : wanted.ask === "deploy" ? 30 * SECOND : 100;
}

function well(
  { wanted }: Intent,
  at: Instant,
  { seconds, weight, faults }: { seconds: number; weight: number; faults: Faults },
): Answer {
  if (wanted.ask === "claim") return { outcome: "done", facts: { claimed: wanted.environment } };
  if (wanted.ask === "look" || wanted.ask === "measure") {
    const canary: Look = {
      healthy: !faults.unhealthy,
      counters: counters((TRAFFIC * seconds * Math.max(weight, 500)) / 10_000, faults.errors ?? 0),
    };
    const baseline: Look = { healthy: true, counters: counters(TRAFFIC * seconds, 0) };
    return { outcome: "done", facts: {}, sample: { at, canary, baseline } };
  }
  return GOOD;
}

/** Exit code 0, and figures that meet any usual requirement. */
const GOOD_REPORT = {
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

function counters(requests: number, errors: number): Counters {
  const all = Math.floor(requests);
  const latency = [
    [50, Math.floor(all * 0.6)],
    [100, all],
    [60_000, all],
  ] as const;
  return {
    requests: all,
    errors: Math.floor(all * errors),
    latency,
    databaseCalls: all,
    databaseErrors: 0,
  };
}

/** The first thing that someone can do for the gates that hold the release now. */
function say(
  { plan, stand, gates }: Release,
  now: Instant,
  absent: readonly string[],
): Command | null {
  const phase =
    stand.at === "phase" && stand.work === null && stand.openedAt !== null
      ? plan.phases[stand.phase]
      : undefined;
  for (const gate of phase?.gates ?? []) {
    const known = gates[gateKey(phase?.name ?? "", gate.name)] ?? UNANSWERED;
    if (known.judged.verdict !== "pending") continue;
    const said =
      gate.kind === "signoff" || gate.kind === "checklist"
        ? sayTo(gate, { plan, known, now, absent })
        : null;
    if (said !== null) return said;
  }
  return null;
}

function sayTo(
  gate: PlannedGate,
  {
    plan,
    known,
    absent,
  }: {
    plan: Release["plan"];
    known: Release["gates"][string];
    now: Instant;
    absent: readonly string[];
  },
): Command | null {
  const present = (role: string) =>
    (plan.terms.roles[role] ?? []).filter((by) => !absent.includes(by));
  if (gate.kind === "checklist") {
    const { items } = gate.config as { items: Record<string, string> };
    const item = Object.keys(items).find((name) => !known.ticks.some((tick) => tick.item === name));
    const by =
      gate.owner === undefined
        ? Object.keys(plan.terms.roles).flatMap(present)[0]
        : present(gate.owner)[0];
    return item === undefined || by === undefined
      ? null
      : { ask: "tick", by, gate: gate.name, item };
  }
  const config = gate.config as Parameters<typeof mayApprove>[0];
  const context = gateContext(plan, gate);
  for (const role of Object.keys(config.roles)) {
    if (known.approvals.filter((given) => given.role === role).length >= (config.roles[role] ?? 0))
      continue;
    const by = present(role).find(
      (who) =>
        mayApprove(config, role, who, context) === null &&
        !known.approvals.some((given) => given.by === who),
    );
    if (by !== undefined) return { ask: "approve", by, gate: gate.name, role };
  }
  return null;
}
