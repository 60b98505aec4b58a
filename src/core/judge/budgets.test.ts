import assert from "node:assert/strict";
import { test } from "node:test";
import { DAY, SECOND } from "../base/time.ts";
import { objective } from "../objectives/objective.ts";
import { judgedLast, look, reading, totals } from "./given.fake.ts";
import { type Charge, judgeAnew, UNJUDGED } from "./judge.ts";
import { judgeLook } from "./look.ts";
import type { Recorded } from "./reading.ts";
import { triggers } from "./triggers.ts";

const success = objective.parse({ measure: "success", least: "99.9 %" });
const charge = (on: object, budgets: readonly string[] = []): Charge => ({
  triggers: triggers.parse(on),
  objectives: { success },
  budgets,
});
/** A month of a million requests: its budget is 1,000 of them. */
const month = (bad: number): Recorded => ({
  success: { good: 1_000_000 - bad, bad, measured: 30 * DAY },
});
/** Looks every 5 s at both versions with 100 requests each meanwhile, of which so many fail. */
const looks = (count: number, fail: { canary: number; baseline: number }, recorded: Recorded) =>
  Array.from({ length: count }, (_, at) => ({
    ...reading(
      at * 5 * SECOND,
      look(totals(at * 100, at * fail.canary)),
      look(totals(at * 100, at * fail.baseline)),
    ),
    recorded,
  }));
const said = (readings: ReturnType<typeof looks>, told: Charge) => {
  const { verdict, metric, reason } = judgedLast(readings, told);
  return { verdict, metric, reason };
};
const well = { canary: 0, baseline: 0 };

test("a spent budget holds whatever the traffic says, where the policy asks for it", () => {
  assert.deepEqual(said(looks(9, well, month(1000)), charge({}, ["success"])), {
    ...{ verdict: "hold", metric: "budget" },
    reason: "success: its error budget is spent",
  });
  assert.equal(said(looks(9, well, month(999)), charge({}, ["success"])).verdict, "continue");
  assert.equal(said(looks(9, well, month(1000)), charge({})).verdict, "continue");
  assert.equal(said(looks(9, well, {}), charge({}, ["success"])).verdict, "continue");
});

test("under statistics it holds as well, and keeps no bad version from turning back", () => {
  const told = charge({ worse: {} }, ["success"]);
  assert.equal(said(looks(60, well, month(2000)), told).metric, "budget");
  const bad = said(looks(60, { canary: 20, baseline: 0 }, month(2000)), told);
  assert.deepEqual([bad.verdict, bad.metric], ["rollback", "errors"]);
});

test("the stop-loss holds once the new version alone has spent 2 % of the budget beyond the stable one's errors", () => {
  const told = charge({ budget: {} });
  const after = (count: number, baseline: number) =>
    said(looks(count + 1, { canary: 2, baseline }, month(10)), told);
  assert.equal(after(10, 0).verdict, "continue", "20 errors are 2 %");
  assert.deepEqual(after(11, 0), {
    ...{ verdict: "hold", metric: "budget" },
    reason:
      "success: the new version alone has spent 2.2 % of its error budget, and 2 % may go on one release",
  });
  assert.equal(after(21, 1).verdict, "hold", "half of them would have failed anyway");
  assert.equal(after(20, 1).verdict, "continue");
  assert.equal(after(500, 2).verdict, "continue", "the stable one fails as often");
});

test("what is counted by the minute is no one version's, and what was never recorded has no budget", () => {
  const up = objective.parse({ measure: "availability", least: "99.95 %" });
  const told: Charge = { ...charge({ budget: {} }), objectives: { up } };
  const recorded = { up: { good: 1000, bad: 0, measured: DAY } };
  assert.equal(said(looks(50, { canary: 90, baseline: 0 }, recorded), told).metric, undefined);
  const unknown = said(looks(50, { canary: 90, baseline: 0 }, {}), charge({ budget: {} }));
  assert.equal(unknown.verdict, "continue");
});

test("a person who has the release go on over a spent budget is not held by it again", () => {
  const [only] = looks(1, well, month(5000));
  assert.ok(only);
  const told = charge({ budget: {} }, ["success"]);
  const watched = { since: 0, weight: 5000, steady: true, last: null, judging: UNJUDGED };
  const first = judgeLook(watched, { reading: only, at: 0 }, told);
  assert.equal(first.judgement.metric, "budget");
  const again = (judgement: typeof first.judgement) =>
    judgeLook(
      { ...watched, judging: judgeAnew(first.judging, judgement) },
      { reading: only, at: 5000 },
      told,
    ).judgement.verdict;
  assert.equal(again(first.judgement), "continue");
  assert.equal(again({ verdict: "rollback", reason: "", metric: "health" }), "hold");
});
