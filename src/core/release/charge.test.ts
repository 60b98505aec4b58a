import assert from "node:assert/strict";
import { test } from "node:test";
import { DAY } from "../base/time.ts";
import type { Answer } from "../gates/gate.ts";
import { type PolicyText, policyShape } from "../policy/policy.ts";
import { chargeOf, recordedFor } from "./charge.ts";
import { evolve } from "./evolve.ts";
import { LEAD, planFrom, type Story, story, wellAt, withSteps } from "./given.fake.ts";
import type { Release } from "./state.ts";

const STEPS = [{ deploy: {} }, { shift: { weights: ["5 %", "100 %"], soak: "1 min" } }];
const policy = (more: Partial<PolicyText> = {}): PolicyText => {
  const base = withSteps(STEPS, {
    objectives: {
      success: { measure: "success", least: "99.9 %" },
      fast: { measure: "p95", most: "300 ms" },
    },
    gates: { budget: { budget: { environment: "production", only: ["success"] }, covers: [] } },
    ...more,
  });
  const phases = { production: { ...base.phases["production"], gates: ["budget"] } };
  return policyShape.parse({ ...base, phases }) && { ...base, phases };
};
const LEFT: Answer = {
  outcome: "done",
  facts: { "success.left": 0.5, age: 0, serves: true },
};
const spentAt = (now: number): Answer => ({
  ...wellAt(now),
  ...{ outcome: "done", facts: {} },
  reading: {
    ...{ at: now, canary: WELL, baseline: WELL },
    recorded: { success: { good: 1000, bad: 900, measured: 30 * DAY } },
  },
});
const WELL = {
  healthy: true,
  counters: { requests: 0, errors: 0, latency: [], databaseCalls: 0, databaseErrors: 0 },
};
const exposed = (told: Story): Story => {
  told.until("look/1");
  told.answer(spentAt(told.now()), "look/1");
  return told;
};
const judged = (told: Story) => told.release().guard?.judged;

test("AM-06: a budget that is spent while the release is exposed holds it, as its gate would have before", () => {
  const told = story(planFrom(policy()));
  told.answer(LEFT, "production/budget");
  exposed(told);
  assert.deepEqual(judged(told), {
    ...{ verdict: "hold", metric: "budget" },
    reason: "success: its error budget is spent",
  });
});

test("a release whose budget gate was waived, or whose type has none, goes on: it mends what spends it", () => {
  const waived = story(planFrom(policy()));
  waived.ask({ ask: "waive", by: LEAD, gate: "budget", reason: "it mends the outage" });
  assert.equal(judged(exposed(waived))?.verdict, "continue");
  const none = story(planFrom({ ...policy(), phases: withSteps(STEPS).phases }));
  assert.equal(judged(exposed(none))?.verdict, "continue");
});

test("what was said rests on the journal alone: folded anew, the same release comes out", () => {
  const told = story(planFrom(policy()));
  told.answer(LEFT, "production/budget");
  exposed(told);
  const again = told.happened().reduce<Release | null>(evolve, null);
  assert.deepEqual(again, told.release());
});

test("the record is asked for only where the judge looks at it", () => {
  const asked = (more: Partial<PolicyText>) =>
    recordedFor({ plan: planFrom(policy(more)), gates: {} }, "production");
  assert.deepEqual(asked({}), ["success"]);
  const on = { ...policy().rollback, on: { budget: {} } };
  assert.deepEqual(asked({ rollback: on }), ["success", "fast"]);
  const plan = planFrom(policy());
  assert.deepEqual(recordedFor({ plan, gates: {} }, "staging"), []);
  assert.deepEqual(chargeOf({ plan, gates: {} }, "staging").budgets, []);
});
