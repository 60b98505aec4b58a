// How many whole releases per second the engine takes through on one core, on the virtual clock: `decide`, `evolve` and
// `next` as in production, with a world that answers at once in memory. The bench release has 6 phases, 12 gates of five
// kinds (all but the window) and 30 steps of all 13 kinds, which make 163 events.
import { pathToFileURL } from "node:url";
import { digestText } from "#core/base/digest.ts";
import { DAY } from "#core/base/time.ts";
import { type PolicyText, policyShape } from "#core/policy/policy.ts";
import { type Plan, planOf } from "#core/release/plan.ts";
import { simulate } from "#core/simulation/simulate.ts";
import { world } from "#core/simulation/world.ts";

/** One measured figure: its name, its value and the value's unit. */
export interface BenchRow {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
}

const command = { run: ["true"] };

const policy: PolicyText = {
  holdpoint: 1,
  system: "Bench",
  roles: {
    lead: ["lead@example.test"],
    qa: ["qa@example.test", "qa2@example.test"],
    product: ["product@example.test"],
  },
  environments: { staging: { local: {} }, production: { local: {}, after: "staging" } },
  objectives: { errors: { measure: "error-rate", most: "1 %" } },
  gates: {
    tests: { check: command },
    lint: { check: command },
    "alone-in-staging": { exclusive: { environment: "staging" } },
    alone: { exclusive: { environment: "production" } },
    tested: { signoff: { roles: { qa: 1 } } },
    "go-no-go": { signoff: { roles: { lead: 1, product: 1 } } },
    read: { owner: "lead", checklist: { items: { plan: "the plan is read" } } },
    ready: { owner: "qa", checklist: { items: { people: "all are there", backup: "it is new" } } },
    calm: { objectives: { environment: "staging" } },
    serving: { objectives: { environment: "production" } },
    scanned: { check: command },
    recorded: { level: "review", check: command },
  },
  phases: {
    build: { gates: ["tests", "lint"], steps: [{ run: command }, { tag: {} }] },
    staging: {
      environment: "staging",
      gates: ["alone-in-staging", "calm", "scanned"],
      steps: [
        { migrate: { part: "expand", ...command } },
        { deploy: {} },
        { warm: { paths: ["/"] } },
        { smoke: { paths: ["/health"] } },
        { shift: { weights: ["100 %"], soak: "30 s" } },
        { verify: { paths: ["/health"] } },
      ],
    },
    test: {
      environment: "staging",
      gates: ["tested", "read"],
      steps: [{ run: command }, { run: command }, { smoke: command }],
    },
    prepare: {
      environment: "production",
      opens: "T-1 h",
      gates: ["alone", "ready"],
      steps: [
        { announce: { channel: "team", message: "soon" } },
        { backup: command },
        { migrate: { part: "expand", ...command } },
        { migrate: { part: "backfill", ...command } },
        { run: command },
      ],
    },
    production: {
      environment: "production",
      opens: "T",
      gates: ["go-no-go", "serving", "recorded"],
      steps: [
        { deploy: {} },
        { warm: { paths: ["/"] } },
        { smoke: { paths: ["/health"] } },
        { shift: { weights: ["5 %"], soak: "30 s" } },
        { verify: { paths: ["/health"] } },
        { shift: { weights: ["50 %", "100 %"], soak: "30 s" } },
        { watch: { for: "1 min" } },
        { verify: { paths: ["/health"] } },
      ],
    },
    finish: {
      environment: "production",
      steps: [
        { promote: {} },
        { migrate: { part: "contract", ...command } },
        { run: command },
        { verify: { of: "stable", paths: ["/health"] } },
        { announce: { channel: "team", message: "soon" } },
        { retire: {} },
      ],
    },
  },
  types: {
    minor: {
      bumps: ["minor"],
      phases: ["build", "staging", "test", "prepare", "production", "finish"],
    },
  },
  rollback: { target: "5 min", on: { errors: { above: "5 %" }, health: {} } },
  guard: { look: [{ every: "30 s" }] },
  channels: { team: { console: {} } },
  messages: { soon: { title: "{{version}}" } },
  tell: [{ on: "stable", channel: "team", message: "soon" }],
};

/**
 * Takes releases through for about `seconds` of processor time, after a warm-up.
 * @throws {Error} when a release does not end well, which would make the figure worthless.
 */
export async function engineBench(seconds = 3): Promise<readonly BenchRow[]> {
  const plan = benchPlan();
  const events = releases(plan, 300) / 300;
  const start = process.cpuUsage();
  let count = 0;
  let spent = 0;
  while (spent < seconds) {
    releases(plan, 100);
    count += 100;
    const { user, system } = process.cpuUsage(start);
    spent = (user + system) / 1e6;
  }
  return [
    { name: "engine: whole releases (30 steps)", value: count / spent, unit: "releases per CPU-s" },
    { name: "engine: events of one release", value: events, unit: "events" },
    { name: "engine: events", value: (count * events) / spent, unit: "events per CPU-s" },
  ];
}

function releases(plan: Plan, count: number): number {
  let events = 0;
  for (let at = 0; at < count; at += 1) {
    const { release, happened } = simulate(plan, world(), { from: 0, horizon: 3 * DAY });
    if (release.stand.at !== "ended" || release.stand.how !== "stable")
      throw new Error(`the bench release is ${release.stand.at}, not stable`);
    events += happened.length;
  }
  return events;
}

function benchPlan(): Plan {
  const digest = digestText("bench");
  return planOf(policyShape.parse(policy), {
    release: "bench-1.1.0",
    type: "minor",
    version: "1.1.0",
    tag: "v1.1.0",
    commit: "c".repeat(40),
    bundle: {
      commit: digest,
      artifacts: digest,
      configuration: digest,
      migrations: digest,
      policy: digest,
    },
    previous: { version: "1.0.0", commit: "b".repeat(40) },
    plannedAt: 0,
    at: 0,
    requester: "release@example.test",
    authors: ["author@example.test"],
    notes: "",
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  for (const { name, value, unit } of await engineBench())
    console.log(`${name}: ${Math.round(value).toLocaleString("en")} ${unit}`);
}
