import assert from "node:assert/strict";
import { test } from "node:test";
import { BIN, binOf } from "../base/histogram.ts";
import { SECOND } from "../base/time.ts";
import { armBetween, between, histogramOf } from "./between.ts";
import { look, reading, totals } from "./given.fake.ts";

test("a sample is what was counted between two readings, and when, and at which weight", () => {
  const sample = between(
    reading(5000, look(totals(100, 2, { calls: 10 })), look(totals(900, 3))),
    reading(10_000, look(totals(160, 5, { calls: 30, bad: 4 }), false), look(totals(1000, 3))),
    { since: 2 * SECOND, weight: 500 },
  );
  assert.deepEqual([sample.t, sample.weight], [8, 0.05]);
  assert.deepEqual(sample.canary, {
    ...{ requests: 60, errors: 3, dbOperations: 20, dbErrors: 4 },
    ...{ latency: [[binOf(100), 60]], probes: 1, probesFailed: 1 },
  });
  assert.deepEqual([sample.baseline?.requests, sample.baseline?.errors], [100, 0]);
});

test("a version that was started anew counts from nothing; one that is not there has no arm", () => {
  const fallen = armBetween(look(totals(500, 9)), look(totals(20, 1)));
  assert.deepEqual([fallen?.requests, fallen?.errors], [20, 1]);
  assert.equal(armBetween(look(), null), null);
  assert.equal(armBetween(null, look(totals(7)))?.requests, 7);
});

test("running counts become a histogram: each stretch counts at its upper bound", () => {
  assert.deepEqual(
    histogramOf([
      [50, 3],
      [100, 3],
      [250, 10],
    ]),
    [
      [binOf(50), 3],
      [binOf(250), 7],
    ],
  );
});

test("a bin holds what took g^k to g^(k+1) milliseconds; two bins are 5 %", () => {
  for (const bin of [0, 1, 57, 230]) {
    assert.equal(binOf(BIN ** bin), bin);
    assert.equal(binOf(BIN ** (bin + 0.99)), bin);
  }
  assert.equal(binOf(105 * 1.0001) - binOf(100 * 1.0001), 2);
  assert.ok(Number.isFinite(binOf(0)));
});
