import assert from "node:assert/strict";
import { test } from "node:test";
import { derived, gatesOf } from "./derived.ts";
import { LEAD, planFrom } from "./given.fake.ts";

const gateOf = (plan = planFrom(), name = "alone") =>
  derived(plan)
    .gates.flat()
    .find(({ gate }) => gate.name === name);

test("what follows from a plan is worked out once: the same plan gives the same object, another its own", () => {
  const plan = planFrom();
  assert.equal(derived(plan), derived(plan));
  const { terms } = plan;
  const other = {
    ...plan,
    terms: { ...terms, roles: { ...terms.roles, lead: ["new@example.test"] } },
  };
  assert.deepEqual(gateOf(plan)?.context.roles["lead"], [LEAD]);
  assert.deepEqual(gateOf(other)?.context.roles["lead"], ["new@example.test"]);
});

test("a gate has its key and its question from its place and its kind", () => {
  const alone = gateOf();
  assert.equal(alone?.key, "production/alone");
  assert.deepEqual(alone?.question, { ask: "claim", environment: "production" });
  assert.equal(gateOf(planFrom(), "go-no-go")?.question, null);
});

test("a phase that the plan has not has no gates", () => {
  assert.deepEqual(gatesOf(planFrom(), 3), []);
  assert.deepEqual(gatesOf(planFrom(), -1), []);
});
