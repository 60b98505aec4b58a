// Asset Anchor: releases that turn back, by themselves or because somebody weighed it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { MINUTE } from "#core/base/time.ts";
import { type Act, clock, policyOf } from "./day.ts";
import { dayOf, wayBack } from "./questions.ts";

const policy = await policyOf("asset-anchor");
const at = clock(policy.zone);
const patch = { type: "patch", begin: at("2026-02-10T10:00") };
const good = dayOf(policy, patch);
const whileWatched = good.opened("watching") + 20 * MINUTE;

for (const [what, trouble] of Object.entries({
  "a failing health probe": { unhealthy: true },
  "a spike of errors": { errors: 0.4 },
  "a broken objective": { errors: 0.03 },
})) {
  test(`AA-17: ${what} turns it back by itself, within the fifteen minutes that our reading promises`, () => {
    const from = good.began("deployment/9-shift");
    const story = dayOf(policy, { ...patch, faults: { troubles: [{ ...trouble, from }] } });
    assert.equal(story.end, "rolled-back");
    const { bound, automatic } = story.the("RollbackDecided").event;
    assert.ok(automatic && bound <= 15 * MINUTE && wayBack(story) <= bound);
    assert.equal(story.weights.at(-1), 0);
  });
}

test("AA-17 AA-30: going back sends traffic to the old version, stops the new one, and verifies by the team's script", () => {
  const story = dayOf(policy, { ...patch, faults: { errors: 0.5 } });
  assert.deepEqual(story.steps.slice(-4), [
    "rollback/undo-1-shift",
    "rollback/undo-2-retire",
    "rollback/verify-1-verify",
    "rollback/verify-2-run",
  ]);
  assert.deepEqual(story.commands("rollback/verify-2-run"), [
    "scripts/verify-deployment.sh --rollback",
  ]);
  const since = story.the("RollbackDecided").at;
  const migrated = story.asked.filter(({ at: when, key }) => when >= since && /migrate/.test(key));
  assert.deepEqual(migrated, [], "the schema carries both versions");
});

const order = (by: string): Act => ({
  at: whileWatched,
  when: ({ stand }) => stand.at === "phase",
  say: { ask: "rollback", by, reason: "severe, and a fix forward takes hours" },
});

test("AA-17: whoever is responsible weighs it and orders the rollback; the reason is kept and told", () => {
  const story = dayOf(policy, { ...patch, acts: [order("tech2@example.test")] });
  assert.equal(story.end, "rolled-back");
  const { by, event } = story.the("RollbackDecided");
  assert.deepEqual([by, event.automatic], ["tech2@example.test", false]);
  assert.ok(story.told.includes("rollback -> status-page"));
  assert.ok(story.told.includes("rolled-back -> stakeholders"));
});

test("AA-17: support cannot order it, and is told who can", () => {
  const story = dayOf(policy, { ...patch, acts: [order("support1@example.test")] });
  assert.equal(story.end, "stable");
  assert.match(story.refusals[0]?.remedy ?? "", /release@example.test/);
});
