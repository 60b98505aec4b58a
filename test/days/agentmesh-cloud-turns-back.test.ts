// AgentMesh Cloud: releases that turn back, by themselves or by hand, and those that cannot any more.
import assert from "node:assert/strict";
import { test } from "node:test";
import { HOUR, MINUTE } from "#core/base/time.ts";
import { type Act, clock, policyOf } from "./day.ts";
import { dayOf, says, wayBack } from "./questions.ts";

const policy = await policyOf("agentmesh-cloud");
const at = clock(policy.zone);
const patch = { type: "patch", begin: at("2026-02-04T02:00") };
const good = dayOf(policy, patch);

for (const [what, trouble] of Object.entries({
  "an objective that is broken": { errors: 0.01 },
  "a high error rate": { errors: 0.3 },
  "three times the latency": { slow: 400 },
  "a failing health probe": { unhealthy: true },
})) {
  test(`AM-19 AM-08: ${what} turns it back by itself to the deployment before`, () => {
    const from = good.began("production/6-shift");
    const story = dayOf(policy, { ...patch, faults: { troubles: [{ ...trouble, from }] } });
    assert.equal(story.end, "rolled-back");
    const { bound, automatic } = story.the("RollbackDecided").event;
    assert.ok(automatic && bound <= 10 * MINUTE && wayBack(story) <= bound);
    assert.deepEqual(story.steps.slice(-3), [
      "rollback/undo-1-shift",
      "rollback/undo-2-retire",
      "rollback/verify-1-verify",
    ]);
  });
}

test("AM-19 AM-12: users' complaints are seen by people, who order the rollback", () => {
  const order: Act = {
    at: good.opened("watching") + 10 * MINUTE,
    say: { ask: "rollback", by: "oncall2@example.test", reason: "users lose their drafts" },
  };
  const story = dayOf(policy, { ...patch, acts: [order] });
  assert.equal(story.end, "rolled-back");
  assert.equal(story.the("RollbackDecided").event.reason, "users lose their drafts");
});

test("AM-13 AM-21 AM-12: a rollback pages, is told in #alerts, on the status page and to stakeholders", () => {
  const story = dayOf(policy, { ...patch, faults: { errors: 0.5 } });
  assert.deepEqual(
    story.told.filter((line) => line.startsWith("roll")),
    [
      "rollback -> pager",
      "rollback -> alerts",
      "rollback -> status-page",
      "rolled-back -> alerts",
      "rolled-back -> stakeholders",
      "rolled-back -> status-page",
    ],
  );
});

test("AM-09: the backup is taken and proved before the schema changes; one that cannot be restored stops the release", () => {
  assert.deepEqual(good.commands("production/2-backup"), [
    "pnpm run dr:backup",
    "pnpm run dr:check",
  ]);
  assert.ok(good.began("production/2-backup") < good.began("production/3-migrate"));
  const answers = { "production/2-backup/1/2": says({ exit: 1 }) };
  const story = dayOf(policy, { ...patch, faults: { answers } });
  assert.equal(story.end, "stopped");
  assert.deepEqual(story.weights, []);
});

test("AM-07: when the contraction fails there is no way back any more, and a person says how it goes on", () => {
  const answers = { "contract/1-migrate": says({ exit: 1 }) };
  const story = dayOf(policy, {
    ...{ type: "major", begin: at("2026-05-06T09:00"), zero: at("2026-05-12T02:00") },
    faults: { answers },
    horizon: 7 * 24 * HOUR,
  });
  assert.equal(story.end, "stopped");
  assert.deepEqual(story.all("RollbackDecided"), []);
  assert.ok(story.told.includes("stopped -> pager"));
});
