import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { binOf, type Histogram } from "../base/histogram.ts";
import { objective } from "./objective.ts";
import { type Counts, sum, tally } from "./tally.ts";

const nothing: Counts = { requests: 0, errors: 0, latency: [] };
const counted = (more: Partial<Counts>) => ({ ...nothing, ...more });
const of = (said: object) => objective.parse(said);

test("MM-21 AM-20: success and errors count requests", () => {
  const counts = counted({ requests: 1000, errors: 3 });
  const expected = { good: 997, bad: 3 };
  assert.deepEqual(tally(of({ measure: "success", least: "99.9 %" }), counts), expected);
  assert.deepEqual(tally(of({ measure: "error-rate", most: "0.1 %" }), counts), expected);
});

test("MM-21 SS-17: database errors count calls, cache hits count requests", () => {
  const counts = counted({ requests: 200, dbOperations: 500, dbErrors: 2, cacheHits: 190 });
  assert.deepEqual(tally(of({ measure: "database-error-rate", most: "0.1 %" }), counts), {
    good: 498,
    bad: 2,
  });
  assert.deepEqual(tally(of({ measure: "cache-hits", least: "90 %" }), counts), {
    good: 190,
    bad: 10,
  });
});

test("MM-21 SS-17 DF-12: p95 and p99 count requests at or below the limit, bin by bin", () => {
  const latency: Histogram = [
    [binOf(100), 90],
    [binOf(300), 4],
    [binOf(308), 3],
    [binOf(2000), 3],
  ];
  const counts = counted({ requests: 100, latency });
  assert.deepEqual(tally(of({ measure: "p95", most: "300 ms" }), counts), { good: 94, bad: 6 });
  assert.deepEqual(tally(of({ measure: "p99", most: "400 ms" }), counts), { good: 97, bad: 3 });
});

test("AM-20: availability is a minute: up where most probes, else most requests, were answered", () => {
  const up = of({ measure: "availability", least: "99.95 %" });
  const minute = (more: Partial<Counts>) => tally(up, counted(more));
  assert.deepEqual(minute({ probes: 12, probesFailed: 6 }), { good: 1, bad: 0 });
  assert.deepEqual(minute({ probes: 12, probesFailed: 7 }), { good: 0, bad: 1 });
  assert.deepEqual(minute({ requests: 10, errors: 6 }), { good: 0, bad: 1 });
  assert.deepEqual(minute({ requests: 10, errors: 6, probes: 2 }), { good: 1, bad: 0 });
});

test("SS-25: CPU and memory are minutes too", () => {
  const cpu = of({ measure: "cpu", most: "80 %" });
  assert.deepEqual(tally(cpu, counted({ cpu: 80 })), { good: 1, bad: 0 });
  assert.deepEqual(tally(cpu, counted({ cpu: 80.1 })), { good: 0, bad: 1 });
  const memory = of({ measure: "memory", most: "85 %" });
  assert.deepEqual(tally(memory, counted({ memory: 90 })), { good: 0, bad: 1 });
});

test("what was not measured is neither good nor bad", () => {
  for (const said of [
    { measure: "success", least: "99.9 %" },
    { measure: "p95", most: "300 ms" },
    { measure: "database-error-rate", most: "1 %" },
    { measure: "cache-hits", least: "90 %" },
    { measure: "availability", least: "99.9 %" },
    { measure: "cpu", most: "80 %" },
  ])
    assert.equal(tally(of(said), nothing), null, said.measure);
});

test("counts that contradict themselves never count more than there was", () => {
  const success = of({ measure: "success", least: "99.9 %" });
  assert.deepEqual(tally(success, counted({ requests: 3, errors: 9 })), { good: 0, bad: 3 });
  assert.deepEqual(tally(success, counted({ requests: 3, errors: -9 })), { good: 3, bad: 0 });
});

test("counting two stretches and adding is counting both at once: no average of percentiles", () => {
  const p95 = of({ measure: "p95", most: "300 ms" });
  const histogram = fc.array(
    fc.tuple(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 1, max: 50 })),
    { minLength: 1, maxLength: 9 },
  );
  fc.assert(
    fc.property(histogram, histogram, (one, other) => {
      const [a, b] = [one, other].map((latency) => tally(p95, counted({ latency })));
      const both = tally(p95, counted({ latency: [...one, ...other] }));
      assert.ok(a && b);
      assert.deepEqual(sum([a, b]), both);
    }),
  );
});

test("where minutes weigh the same, a minute is as good as its share of good requests", () => {
  const even = objective.parse({ measure: "success", least: "99 %", weigh: "minutes" });
  for (const requests of [4, 4000])
    assert.deepEqual(tally(even, { requests, errors: requests / 4, latency: [] }), {
      good: 0.75,
      bad: 0.25,
    });
  assert.equal(tally(even, { requests: 0, errors: 0, latency: [] }), null);
});

test("a minute of availability is as good as the share that must be answered", () => {
  const strict = objective.parse({ measure: "availability", least: "99.9 %", answered: "95 %" });
  const counts = (errors: number) => ({ requests: 100, errors, latency: [] });
  assert.deepEqual(tally(strict, counts(5)), { good: 1, bad: 0 });
  assert.deepEqual(tally(strict, counts(6)), { good: 0, bad: 1 });
});
