import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { DAY, HOUR, MINUTE, type Millis } from "../base/time.ts";
import { budget, burning, burnRate, type Counted, stopLoss } from "./budget.ts";
import { objective } from "./objective.ts";

const success = objective.parse({ measure: "success", least: "99.9 %" });
const uptime = objective.parse({ measure: "availability", least: "99.95 %" });

/** 100 requests a minute for 30 days, of which a share failed since `since` ago. */
function traffic(share: number, since: Millis): Counted {
  return (span) => {
    const all = (span / MINUTE) * 100;
    const bad = (Math.min(span, since) / MINUTE) * 100 * share;
    return { good: all - bad, bad };
  };
}

test("MM-21: what is left is one less the bad over the allowed share of all", () => {
  const counted: Counted = () => ({ good: 999_500, bad: 500 });
  assert.ok(Math.abs(budget(success, counted, 30 * DAY).left - 0.5) < 1e-9);
  const spent: Counted = () => ({ good: 998_500, bad: 1500 });
  assert.ok(budget(success, spent, 30 * DAY).left < 0);
});

test("AM-20: 99.95 % of 30 days are 21.6 minutes", () => {
  const down =
    (minutes: number): Counted =>
    () => ({ good: 1000, bad: minutes });
  assert.ok(budget(uptime, down(21), DAY).left > 0);
  assert.ok(budget(uptime, down(22), DAY).left < 0);
});

test("a young record is measured against a whole period at its rate", () => {
  const firstHour: Counted = () => ({ good: 5999, bad: 1 });
  const { left } = budget(success, firstHour, HOUR);
  assert.ok(left > 0.999, `one error in the first hour leaves ${left}`);
});

test("a promise of 100 % has no budget: the first bad event spends it", () => {
  const all = objective.parse({ measure: "success", least: "100 %" });
  assert.equal(budget(all, () => ({ good: 9, bad: 0 }), DAY).left, 1);
  assert.equal(budget(all, () => ({ good: 9, bad: 1 }), DAY).left, 0);
  assert.equal(burnRate(all, { good: 9, bad: 1 }), Number.POSITIVE_INFINITY);
});

test("the budget never grows by a bad event", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 1e6 }),
      fc.integer({ min: 0, max: 1e6 }),
      fc.integer({ min: 1, max: 60 }),
      (good, bad, days) => {
        const left = (more: number) =>
          budget(success, () => ({ good, bad: bad + more }), days * DAY).left;
        assert.ok(left(1) <= left(0) + 1e-9 * Math.abs(left(0)));
      },
    ),
  );
});

test("14.4 times over 1 h pages only while the last 5 min burn too", () => {
  const alerts = (counted: Counted) =>
    burning(success, counted).map(({ alert, long }) => [alert, long]);
  assert.deepEqual(alerts(traffic(0.0145, HOUR)), [["page", HOUR]]);
  assert.deepEqual(alerts(traffic(0.0143, HOUR)), []);
  const over: Counted = (span) =>
    span <= 5 * MINUTE ? { good: 500, bad: 0 } : traffic(0.05, HOUR)(span);
  assert.deepEqual(
    burning(success, over).filter(({ long }) => long === HOUR),
    [],
    "it is over since 5 min",
  );
});

test("6 times over 6 h pages; 3 times over a day and once over 3 days are tickets", () => {
  const first = (share: number, since: Millis) => burning(success, traffic(share, since))[0];
  assert.equal(first(0.0061, 6 * HOUR)?.long, 6 * HOUR);
  assert.equal(first(0.0031, DAY)?.alert, "ticket");
  assert.equal(first(0.0031, DAY)?.long, DAY);
  assert.equal(first(0.00101, 3 * DAY)?.long, 3 * DAY);
  assert.equal(first(0.00099, 30 * DAY), undefined);
});

test("fewer than 10 bad events never alert, or every error of a quiet service would", () => {
  const quiet =
    (bad: number): Counted =>
    () => ({ good: 5, bad });
  assert.deepEqual(burning(success, quiet(9)), []);
  assert.equal(burning(success, quiet(10)).length, 4);
});

test("other periods page at the same share of their budget", () => {
  const week = objective.parse({ measure: "success", least: "99.9 %", over: "7 d" });
  const factor = (0.02 * 7 * DAY) / HOUR;
  assert.ok(Math.abs(factor - 3.36) < 1e-9);
  assert.equal(burning(week, traffic(0.0034, HOUR))[0]?.long, HOUR);
  assert.equal(burning(week, traffic(0.0033, HOUR)).length, 0);
});

test("the stop-loss holds a rollout whose excess passes 2 % of the budget", () => {
  const all = 1_000_000;
  const baseline = { good: 99_900, bad: 100 };
  const loss = (bad: number) =>
    stopLoss(success, { canary: { good: 10_000 - bad, bad }, baseline, all, spends: 0.02 });
  assert.equal(loss(30).limit, 20);
  assert.equal(loss(30).spent, false, "10 of 30 would have failed anyway");
  assert.equal(loss(31).spent, true);
  assert.equal(loss(5).excess, 0);
});

test("of a promise of 100 % the first failure of the new version is too much, where anything was counted", () => {
  const every = objective.parse({ measure: "success", least: "100 %" });
  const loss = (bad: number, all: number) =>
    stopLoss(every, {
      ...{ canary: { good: 99, bad }, baseline: { good: 1000, bad: 0 } },
      ...{ all, spends: 0.02 },
    }).spent;
  assert.deepEqual([loss(1, 5000), loss(0, 5000), loss(1, 0)], [true, false, false]);
});

test("an alert of its own burns only where it burnt when its time began, too", () => {
  const alerts = [{ alert: "page", burns: 10, over: "1 h", for: "10 min" }];
  const own = objective.parse({ measure: "success", least: "99.9 %", alerts });
  const since = (minutes: number) => burning(own, traffic(0.05, minutes * MINUTE));
  assert.deepEqual(since(12), [], "10 min ago only 2 of 60 min were bad");
  assert.deepEqual(
    since(25).map(({ alert, long, short }) => [alert, long, short]),
    [["page", HOUR, 10 * MINUTE]],
  );
  assert.equal(burning(success, traffic(0.05, 12 * MINUTE)).length, 0, "the usual pairs go on");
});

test("a budget by minutes is the same for a quiet and a busy minute", () => {
  const even = objective.parse({ measure: "success", least: "99 %", weigh: "minutes" });
  const down: Counted = () => ({ good: 30 * 24 * 60 - 216, bad: 216 });
  assert.ok(Math.abs(budget(even, down, DAY).left - 0.5) < 1e-9);
});
