// For property tests: policies and worlds made from a seed. The same seed makes the same of both.

import type { Answer } from "../gates/gate.ts";
import { GATES } from "../gates/table.ts";
import type { PolicyText } from "../policy/policy.ts";
import type { Chance } from "../simulation/chance.ts";
import { STEPS } from "../steps/table.ts";
import type { Command } from "./commands.ts";
import {
  AUTHOR,
  bundleOf,
  DONE,
  FAILED,
  LEAD,
  OPS,
  planFrom,
  QA,
  REQUESTER,
  STRANGER,
  UNKNOWN,
} from "./given.fake.ts";
import type { Intent } from "./next.ts";
import type { Plan } from "./plan.ts";
import type { Release } from "./state.ts";
import { dueItems } from "./watch-reports.ts";

type GateText = NonNullable<PolicyText["gates"]>[string];
type StepText = NonNullable<PolicyText["phases"][string]["steps"]>[number];

const PEOPLE = [LEAD, QA, OPS, AUTHOR] as const;
const EVERYONE = [...PEOPLE, REQUESTER, STRANGER] as const;
const PARTS = ["commit", "artifacts", "configuration", "migrations", "policy"] as const;

/** A valid policy: up to four phases in up to two environments, all kinds of gates and steps, or few of them. */
export function randomPolicy(chance: Chance): PolicyText {
  const names = ["one", "two", "three", "rollback"].slice(0, 1 + chance.upTo(3));
  const gates = Object.fromEntries(
    Array.from({ length: 6 }, (_, at) => [`gate-${at}`, randomGate(chance)] as const),
  );
  const phases = Object.fromEntries(
    names.map((name) => [name, randomPhase(chance, Object.keys(gates))] as const),
  );
  return {
    holdpoint: 1,
    system: "Random",
    roles: { lead: [LEAD, OPS], qa: [QA, AUTHOR], ops: [OPS] },
    environments: { staging: { local: {} }, production: { local: {} } },
    objectives: { errors: { measure: "error-rate", most: "1 %" } },
    document: { effective: "1969-01-01", review: chance.one(["1971-01-01", "1969-06-01"]) },
    calendar: { freezes: chance.is(0.6) ? { early: randomFreeze(chance) } : {} },
    gates,
    phases,
    types: {
      any: {
        bumps: ["patch"],
        phases: names,
        ...(chance.is(0.3) && { clocks: { soon: { gate: "gate-0", within: "10 min" } } }),
        ...(chance.is(0.3) && { owes: [{ what: "all tests", within: "1 h", role: "qa" }] }),
      },
    },
    guard: { look: [{ every: "1 min", for: "1 h" }, { every: "10 min" }] },
    rollback: {
      target: "5 min",
      on: chance.is(0.7) ? { errors: { above: "5 %" }, health: { failures: 2 } } : {},
      verify: chance.is(0.5)
        ? [{ verify: { of: "stable", paths: ["/"] } }, { watch: { for: "1 min" } }]
        : [],
    },
    ...(chance.is(0.7) && { withdrawals: { roles: ["lead", "ops"] } }),
    ...(chance.is(0.5) && { waivers: { roles: ["lead"], review: "24 h" } }),
    alerts:
      names.length % 2 === 0
        ? {
            critical: { channels: ["team"], message: "news" },
            warning: { channels: ["team"], message: "news" },
            info: { channels: ["team"], message: "news" },
          }
        : {},
    channels: { team: { console: {} } },
    messages: { news: { title: "{{moment}} {{version}}" } },
    "status-page": {
      title: "Random",
      url: "https://status.example.test/",
      areas: { all: { title: "All of it", environment: "production" } },
    },
    tell: chance.is(0.5)
      ? [
          { on: "started", channel: "team", message: "news" },
          { on: "rollback", channel: "team", message: "news" },
          { on: "stable", channel: "team", message: "news" },
        ]
      : [],
  };
}

/** Some minutes or hours early in the life of the release. */
function randomFreeze(chance: Chance) {
  return {
    from: `1970-01-01T0${chance.upTo(1)}:${chance.upTo(5)}${chance.upTo(9)}`,
    to: chance.one(["1970-01-01T02:30", "1970-01-01T04:00"]),
    reason: "nobody watches",
    kind: chance.one<"freeze" | "blackout">(["freeze", "freeze", "blackout"]),
    running: chance.one<"finish" | "pause" | "retreat">(["finish", "pause", "retreat", "retreat"]),
    except: chance.is(0.1) ? ["any"] : [],
  };
}

function randomGate(chance: Chance): GateText {
  const kind = chance.one(Object.keys(GATES) as [keyof typeof GATES]);
  const kinds: { [Kind in keyof typeof GATES]: GateText } = {
    check: { check: { run: ["check"] } },
    checklist: {
      owner: "lead",
      checklist: { items: { first: "the first", second: "the second" } },
    },
    signoff: {
      signoff: {
        roles: chance.is(0.5) ? { lead: 1, qa: 1 } : { ops: 1 },
        distinct: chance.is(0.5),
      },
    },
    window: { window: {} },
    notice: { notice: { channel: "team", message: "news", before: "1 h" } },
    limit: { limit: { most: 2, per: "week" } },
    soak: { soak: { environment: "staging", for: "1 h" } },
    changes: { changes: { since: "T-2 d", allows: ["fix"] } },
    evidence: { evidence: { record: "drill", younger: "30 d" } },
    debt: { debt: {} },
    "in-force": { "in-force": {} },
    exclusive: { exclusive: { environment: "production" } },
    objectives: { objectives: { environment: "production" } },
    documentation: { documentation: { files: { guide: "docs/{version}.md" } } },
    budget: { budget: { environment: "production" } },
  };
  return {
    ...kinds[kind],
    level: chance.one(["hold", "hold", "hold", "witness", "review"]),
    covers: chance.some(PARTS),
  };
}

function randomPhase(chance: Chance, gates: readonly string[]): PolicyText["phases"][string] {
  const environment = chance.one(["production", "staging", undefined]);
  const kinds = Object.keys(STEPS) as [keyof typeof STEPS];
  const steps = Array.from({ length: chance.upTo(5) }, () =>
    randomStep(
      chance,
      environment === undefined
        ? chance.one(["run", "tag", "write", "publish"])
        : chance.one(kinds),
    ),
  );
  const first = steps.findIndex(({ shift }) => shift !== undefined);
  return {
    ...(environment && { environment }),
    ...(chance.is(0.2) && { due: "T+1 h", longest: "5 min" }),
    ...(chance.is(0.2) && { opens: chance.one(["T", "T-1 h", "T+2 h"]) }),
    gates: chance.some(gates).slice(0, 3),
    steps: first < 0 ? steps : [{ deploy: {} }, ...steps],
  };
}

function randomStep(chance: Chance, kind: keyof typeof STEPS): StepText {
  const kinds: { [Kind in keyof typeof STEPS]: StepText } = {
    tag: { tag: {} },
    backup: { backup: { run: ["backup"], verify: ["restore"] } },
    migrate: {
      migrate: {
        part: chance.one(["expand", "backfill", "contract"]),
        run: ["migrate"],
        ...(chance.is(0.5) && { undo: ["unmigrate"] }),
      },
    },
    deploy: { deploy: {} },
    warm: { warm: { paths: ["/"] } },
    smoke: { smoke: { paths: ["/"], run: ["smoke"] } },
    shift: {
      shift: {
        weights: chance.is(0.5) ? ["5 %", "100 %"] : ["1 %"],
        soak: chance.one(["1 min", "20 min"]),
        patience: "10 min",
        ...(chance.is(0.3) && { finds: { errors: "1 %", most: "5 min" } }),
      },
    },
    watch: {
      watch: {
        for: "2 min",
        patience: "5 min",
        reports: { pulse: { every: "1 min", items: { calm: "all is calm" } } },
      },
    },
    verify: { verify: { paths: ["/"], objectives: ["errors"] } },
    announce: { announce: { channel: "team", message: "news" } },
    run: {
      run: {
        run: ["run"],
        ...(chance.is(0.5) && { undo: ["undo"] }),
        ...(chance.is(0.5) && { reconcile: ["ask"] }),
        irreversible: chance.is(0.1),
      },
    },
    promote: chance.is(0.5) ? { promote: {} } : { deploy: {} },
    retire: { retire: {} },
    write: { write: { branch: "main" } },
    publish: { publish: {} },
  };
  return { ...kinds[kind], retries: chance.upTo(2) };
}

/** What the world answers to an intent: mostly well. */
export function randomAnswer(chance: Chance, { wanted }: Intent, now: number): Answer {
  if (chance.is(0.06)) return FAILED;
  if (chance.is(0.06)) return UNKNOWN;
  if (wanted.ask === "look" || wanted.ask === "measure") return randomLook(chance, now);
  if (wanted.ask === "place")
    return { outcome: "done", facts: { place: "limit/any/week/1970-W01/1", ends: now + 1e9 } };
  if (wanted.ask === "debts") return { outcome: "done", facts: { overdue: chance.upTo(1) } };
  if (wanted.ask === "command" && wanted.argv[0] === "ask")
    return { outcome: "done", facts: { exit: chance.upTo(2) } };
  return wanted.ask === "command" && chance.is(0.05)
    ? { outcome: "done", facts: { exit: 1 } }
    : DONE;
}

function randomLook(chance: Chance, at: number): Answer {
  const look = (share: number) => {
    const requests = Math.floor(at / 1000) + chance.upTo(1000);
    const errors = Math.floor(requests * share);
    const counters = {
      requests,
      errors,
      latency: [[100, requests]] as const,
      databaseCalls: 0,
      databaseErrors: 0,
    };
    return { healthy: chance.is(0.95), counters };
  };
  const canary = chance.is(0.05) ? null : look(chance.is(0.1) ? 0.5 : 0);
  return { outcome: "done", facts: {}, reading: { at, canary, baseline: look(0) } };
}

/** Something that someone says: often what helps, at times what is not theirs to say. */
export function randomCommand(chance: Chance, release: Release): Command {
  const { plan, stand } = release;
  const [due] = dueItems(release);
  if (due !== undefined && chance.is(0.5)) {
    const { gate, item } = due;
    return { ask: "tick", by: LEAD, gate, item };
  }
  if (release.back?.frozen && chance.is(0.2)) return { ask: "unfreeze", by: LEAD, reason: "seen" };
  const by = chance.one(EVERYONE);
  const phase = stand.at === "phase" ? plan.phases[stand.phase] : undefined;
  const gate = phase?.gates[chance.upTo(2)]?.name ?? `gate-${chance.upTo(5)}`;
  const reason = "because";
  const asks: readonly [Command, ...Command[]] = [
    { ask: "approve", by, gate },
    { ask: "approve", by: chance.one(PEOPLE), gate },
    { ask: "tick", by: LEAD, gate, item: "first" },
    { ask: "tick", by: LEAD, gate, item: "second" },
    { ask: "tick", by, gate, item: chance.one(["first", "constructor"]) },
    { ask: "prove", by, gate, link: "https://example.test/drill" },
    { ask: "discharge", by: QA, debt: "owed-1", link: "https://example.test/report" },
    { ask: "retry", by },
    { ask: "retry", by: LEAD, gate },
    { ask: "settle", by, done: chance.is(0.5), reason },
    { ask: "settle", by: LEAD, done: true, reason },
    chance.is(0.3) ? { ask: "waive", by, gate, reason } : { ask: "wake", by },
    stand.at === "ended" ? { ask: "withdraw", by, reason } : { ask: "wake", by },
    chance.is(0.1) ? { ask: "rollback", by, reason } : { ask: "wake", by },
    chance.is(0.05) ? { ask: "abort", by, reason } : { ask: "wake", by },
    chance.is(0.3)
      ? { ask: "revise", by: LEAD, plan: randomRevision(chance, plan) }
      : { ask: "wake", by },
  ];
  return chance.one(asks);
}

/** The release planned again: some parts of its bundle are others, and with the policy its phases are. */
function randomRevision(chance: Chance, plan: Plan): Plan {
  const changed = chance.some(PARTS);
  const parts = Object.fromEntries(changed.map((part) => [part, `${part} ${chance.upTo(1000)}`]));
  const bundle = { ...plan.bundle };
  for (const part of changed) bundle[part] = bundleOf(parts)[part];
  const { release, at } = plan;
  return changed.includes("policy")
    ? planFrom(randomPolicy(chance), { release, at, bundle })
    : { ...plan, bundle };
}

/** The plan of a policy from a seed. */
export function randomPlan(chance: Chance): Plan {
  return planFrom(randomPolicy(chance), { at: 3_600_000 });
}
