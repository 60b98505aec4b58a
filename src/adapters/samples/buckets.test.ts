import assert from "node:assert/strict";
import { test } from "node:test";
import { histogramOf } from "#core/judge/between.ts";
import { objective } from "#core/objectives/objective.ts";
import { tally } from "#core/objectives/tally.ts";
import { latencyOf } from "./buckets.ts";

const read = (running: Record<string, number>, unit = 1000) =>
  latencyOf(new Map(Object.entries(running)), unit);

test("bounds become ms in order, running counts never fall, and what is beyond is ten times the last bound", () => {
  assert.deepEqual(read({ "+Inf": 103, "0.3": 90, "0.1": 50, "1": 89 }), [
    [100, 50],
    [300, 90],
    [1000, 90],
    [10_000, 103],
  ]);
  assert.deepEqual(read({ "250": 4 }, 1), [[250, 4]]);
});

test("without a finite bound nothing is known of latency", () => {
  assert.deepEqual(read({ "+Inf": 5 }), []);
  assert.deepEqual(read({ odd: 5 }), []);
});

test("a limit that is a bound is judged exactly; one between two bounds as if all were as slow as their bound", () => {
  const counts = (most: string) =>
    tally(objective.parse({ measure: "p95", most }), {
      requests: 100,
      errors: 0,
      latency: histogramOf(read({ "0.1": 50, "0.3": 90, "1": 99, "+Inf": 100 })),
    });
  assert.deepEqual(counts("300 ms"), { good: 90, bad: 10 });
  assert.deepEqual(counts("400 ms"), { good: 90, bad: 10 });
  assert.deepEqual(counts("290 ms"), { good: 50, bad: 50 });
});
