import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { totals } from "./given.fake.ts";
import { measure, sayMeasure, since } from "./measure.ts";

test("rates are in basis points; without requests there is none", () => {
  assert.equal(measure("error-rate", totals(1000, 25)), 250);
  assert.equal(measure("database-error-rate", totals(0, 0, { calls: 8, bad: 2 })), 2500);
  assert.equal(measure("error-rate", totals()), null);
  assert.equal(measure("database-error-rate", totals(5)), null);
});

test("a latency is the upper bound of the first bucket that holds its share", () => {
  const counters = totals(100, 0, { slow: 5 });
  assert.deepEqual(
    [measure("p50", counters), measure("p95", counters), measure("p99", counters)],
    [100, 100, 1000],
  );
  assert.equal(measure("p95", totals()), null);
});

test("only what was counted since an earlier look counts", () => {
  const counted = since(
    totals(100, 10, { slow: 10, calls: 5 }),
    totals(300, 11, { slow: 30, calls: 9, bad: 1 }),
  );
  assert.deepEqual(counted, totals(200, 1, { slow: 20, calls: 4, bad: 1 }));
  assert.deepEqual(since(undefined, totals(7)), totals(7));
});

test("after a restart, whichever of its totals fell, a version counts from nothing", () => {
  for (const later of [
    totals(50),
    totals(150, 0),
    totals(150, 3, { calls: 4 }),
    totals(150, 3, { calls: 9, bad: 0 }),
  ])
    assert.deepEqual(since(totals(100, 2, { calls: 5, bad: 1 }), later), later);
});

test("no difference of totals is ever negative", () => {
  const any = fc
    .tuple(fc.nat(1000), fc.nat(1000), fc.nat(1000), fc.nat(1000))
    .map(([requests, errors, calls, bad]) => totals(requests, errors, { calls, bad }));
  fc.assert(
    fc.property(any, any, (earlier, later) => {
      const { requests, errors, databaseCalls, databaseErrors } = since(earlier, later);
      assert.ok(Math.min(requests, errors, databaseCalls, databaseErrors) >= 0);
    }),
  );
});

test("a measure is said in per cent or in milliseconds", () => {
  assert.deepEqual([sayMeasure("error-rate", 25), sayMeasure("p95", 300)], ["0.25 %", "300 ms"]);
});

test("a bound that an earlier look had not yet is counted from the next lower one", () => {
  const before = {
    ...totals(10),
    latency: [
      [100, 4],
      [200, 10],
    ] as const,
  };
  const later = {
    ...totals(20),
    latency: [
      [100, 6],
      [150, 9],
      [200, 17],
      [300, 20],
    ] as const,
  };
  assert.deepEqual(since(before, later).latency, [
    [100, 2],
    [150, 5],
    [200, 7],
    [300, 10],
  ]);
});
