import assert from "node:assert/strict";
import { test } from "node:test";
import { budget } from "./budget.ts";
import type { Evidence } from "./gate.ts";
import { context, known } from "./given.fake.ts";

const config = budget.shape.parse({ environment: "production" });
const judged = (facts: Evidence, more: object = {}) =>
  budget.judge({ ...config, ...more }, known({ answer: { outcome: "done", facts } }), context);
const whole = { "errors.left": 0.4, "errors.alert": null, "speed.left": 1, age: 60_000 };

test("it asks for the budgets, and again each minute as long as it does not pass", () => {
  assert.deepEqual(budget.ask(config, context), { ask: "budget", environment: "production" });
  assert.equal(budget.askAgain?.(config, { outcome: "done", facts: whole }), 60_000);
  const unmeasured = { outcome: "done", facts: { age: null, serves: true } } as const;
  assert.equal(budget.askAgain?.(config, unmeasured), 5000, "a worker has just begun to measure");
  assert.equal(budget.judge(config, known(), context).verdict, "pending");
});

test("MM-21: it passes while every budget has something left and none burns", () => {
  assert.equal(judged(whole).verdict, "pass");
  assert.equal(judged({ ...whole, "errors.alert": "ticket" }).verdict, "pass");
});

test("MM-21: it fails when a budget is spent or wakes somebody, and says which", () => {
  const spent = judged({ ...whole, "errors.left": 0, "errors.said": "errors: spent" });
  assert.deepEqual([spent.verdict, spent.reason], ["fail", "errors: spent"]);
  assert.equal(judged({ ...whole, "speed.alert": "page" }).verdict, "fail");
  assert.equal(judged({ ...whole, "errors.left": 0 }, { only: ["speed"] }).verdict, "pass");
});

test("it can ask for more than nothing to be left", () => {
  assert.equal(judged(whole, { least: 4000 }).verdict, "fail");
  assert.equal(judged(whole, { least: 3999 }).verdict, "pass");
});

test("what was not measured, or not lately, is not known; the policy may let it pass", () => {
  assert.equal(judged({}).verdict, "inconclusive");
  assert.equal(judged({ ...whole, age: 600_001 }).verdict, "inconclusive");
  assert.equal(judged({}, { unmeasured: "pass" }).verdict, "pass");
  assert.equal(judged({ serves: false }).verdict, "pass");
});

test("what cannot be looked up is an error, which holds", () => {
  const answer = { outcome: "failed", reason: "no store" } as const;
  assert.equal(budget.judge(config, known({ answer }), context).verdict, "error");
});
