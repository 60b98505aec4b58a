// The release that benches run: 6 phases with 12 gates (2 of each kind that asks the world or people) and 30 steps of all
// 13 kinds, and a world that answers at once, in memory.
import { digestText } from "#core/base/digest.ts";
import { DAY } from "#core/base/time.ts";
import { type PolicyText, policyShape } from "#core/policy/policy.ts";
import type { Happened } from "#core/release/events.ts";
import { type Plan, planOf } from "#core/release/plan.ts";
import { simulate } from "#core/simulation/simulate.ts";
import { world } from "#core/simulation/world.ts";

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

/** The plan of the bench release. */
export function benchPlan(): Plan {
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

/**
 * Takes a release through on the virtual clock: `decide`, `evolve` and `next` as in production.
 * @throws {Error} when it does not end well, which would make every figure worthless.
 */
export function takeThrough(plan: Plan): readonly Happened[] {
  const { release, happened } = simulate(plan, world(), { from: 0, horizon: 3 * DAY });
  if (release.stand.at !== "ended" || release.stand.how !== "stable")
    throw new Error(`the bench release is ${release.stand.at}, not stable`);
  return happened;
}
