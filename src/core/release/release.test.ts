import assert from "node:assert/strict";
import { test } from "node:test";
import { digestText } from "../base/digest.ts";
import { DAY } from "../base/time.ts";
import { type PolicyText, policyShape } from "../policy/policy.ts";
import { simulate } from "../simulation/simulate.ts";
import { world } from "../simulation/world.ts";
import { planOf } from "./plan.ts";

const text: PolicyText = {
  holdpoint: 1,
  system: "Sample",
  roles: { lead: ["lead@example.test"], qa: ["qa@example.test", "qa2@example.test"] },
  environments: { production: { local: {} } },
  objectives: { errors: { measure: "error-rate", most: "0.1 %" } },
  gates: {
    tests: { check: { run: ["npm", "test"] } },
    "go-no-go": { signoff: { roles: { lead: 1, qa: 1 } } },
    alone: { exclusive: { environment: "production" } },
    list: {
      owner: "lead",
      checklist: { items: { plan: "the plan is read", people: "all are there" } },
    },
  },
  phases: {
    build: { gates: ["tests"] },
    production: {
      environment: "production",
      gates: ["go-no-go", "alone", "list"],
      steps: [
        { tag: {} },
        { backup: { run: ["backup"] } },
        { migrate: { part: "expand", run: ["migrate"] } },
        { deploy: {} },
        { smoke: { paths: ["/health"] } },
        { shift: { weights: ["5 %", "50 %", "100 %"], soak: "1 min" } },
        { watch: { for: "10 min" } },
        { promote: {} },
      ],
    },
  },
  types: { patch: { bumps: ["patch"], phases: ["build", "production"] } },
  rollback: {
    target: "5 min",
    on: { errors: { above: "5 %" }, health: {} },
    verify: [{ verify: { of: "stable", paths: ["/health"], times: 3 } }],
  },
  waivers: { roles: ["lead"], review: "24 h" },
};

const d = digestText("x");
const plan = () =>
  planOf(policyShape.parse(text), {
    release: "sample-1.0.1",
    type: "patch",
    version: "1.0.1",
    tag: "v1.0.1",
    commit: "c".repeat(40),
    bundle: { commit: d, artifacts: d, configuration: d, migrations: d, policy: d },
    previous: { version: "1.0.0", commit: "b".repeat(40) },
    plannedAt: 0,
    at: 0,
    requester: "rel@example.test",
    authors: ["dev@example.test"],
    notes: "",
  });

test("a good release walks its phases to stable", () => {
  const run = simulate(plan(), world(), { from: 0, horizon: 3 * DAY });
  assert.equal(run.release.stand.at === "ended" && run.release.stand.how, "stable");
  assert.deepEqual(run.refused, []);
  assert.deepEqual(run.release.claims, []);
});

test("a version that fails its requests is rolled back by itself", () => {
  const run = simulate(plan(), world({ errors: 0.5 }), { from: 0, horizon: 3 * DAY });
  assert.equal(run.release.stand.at === "ended" && run.release.stand.how, "rolled-back");
});
