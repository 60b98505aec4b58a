import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { HOUR, MINUTE, SECOND } from "../base/time.ts";
import { measure, since } from "../judge/measure.ts";
import type { Counters } from "../judge/reading.ts";
import { type Trouble, traffic } from "./traffic.ts";

const NOW = 10 * HOUR;
const none: Counters = {
  requests: 0,
  errors: 0,
  latency: [],
  databaseCalls: 0,
  databaseErrors: 0,
};

/** What each version counts in the minute after the new one got this share. */
function minute(share: number, troubles: readonly Trouble[] = []) {
  const flow = traffic(troubles);
  flow.weigh(share, NOW);
  const [before, after] = [flow.look(NOW), flow.look(NOW + MINUTE)];
  return {
    canary: since(before.canary?.counters, after.canary?.counters ?? none),
    stable: since(before.baseline?.counters, after.baseline?.counters ?? none),
    after,
  };
}

test("the stable version has served for an hour when it is first looked at, and no new one is there", () => {
  const { canary, baseline } = traffic([]).look(NOW);
  assert.equal(canary, null);
  assert.equal(baseline?.counters.requests, 360_000);
});

test("requests are shared by weight, and every one of them is counted once", () => {
  const { canary, stable } = minute(2500);
  assert.deepEqual([canary.requests, stable.requests], [1500, 4500]);
});

test("a trouble counts for its version and its time only", () => {
  const third = { from: NOW + 20 * SECOND, until: NOW + 40 * SECOND };
  const { canary, stable } = minute(5000, [{ errors: 0.3, database: 0.6, ...third }]);
  assert.deepEqual([canary.errors, canary.databaseErrors], [300, 600]);
  assert.deepEqual([stable.errors, stable.databaseErrors], [0, 0]);
  const old = minute(5000, [{ of: "stable", errors: 0.3, ...third }]);
  assert.deepEqual([old.canary.errors, old.stable.errors], [0, 300]);
});

test("a trouble that waits for a weight comes with it", () => {
  const troubles = [{ errors: 0.5, unhealthy: true, weight: 5000 }];
  assert.equal(minute(2500, troubles).canary.errors, 0);
  const bad = minute(5000, troubles);
  assert.equal(bad.canary.errors, 1500);
  assert.deepEqual([bad.after.canary?.healthy, bad.after.baseline?.healthy], [false, true]);
});

test("what is slow is counted in its bucket", () => {
  assert.equal(measure("p95", minute(5000).canary), 100);
  assert.equal(measure("p95", minute(5000, [{ slow: 800 }]).canary), 1000);
  assert.equal(measure("p95", minute(5000, [{ slow: 800 }]).stable), 100);
});

test("totals never fall, and looking more often changes none of them", () => {
  const trouble: Trouble = { errors: 0.2, from: NOW + 7 * SECOND, until: NOW + 31 * SECOND };
  fc.assert(
    fc.property(fc.array(fc.nat(60_000), { maxLength: 20 }), (moments) => {
      const flow = traffic([trouble]);
      flow.weigh(5000, NOW);
      let last = none;
      for (const moment of moments.toSorted((a, b) => a - b)) {
        const counters = flow.look(NOW + moment).canary?.counters ?? none;
        assert.ok(counters.requests >= last.requests && counters.errors >= last.errors);
        last = counters;
      }
      const { canary } = flow.look(NOW + MINUTE);
      assert.ok(Math.abs((canary?.counters.requests ?? 0) - 3000) <= 1);
      assert.ok(Math.abs((canary?.counters.errors ?? 0) - 240) <= 1);
    }),
  );
});
