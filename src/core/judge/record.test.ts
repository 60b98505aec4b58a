import assert from "node:assert/strict";
import { test } from "node:test";
import { binOf } from "../base/histogram.ts";
import { objective } from "../objectives/objective.ts";
import { NO_RECORD, recordedAt, recordSample } from "./record.ts";
import type { Arm, Sample } from "./sample.ts";

const OBJECTIVES = {
  success: objective.parse({ measure: "success", least: "99.9 %" }),
  fast: objective.parse({ measure: "p95", most: "300 ms" }),
  up: objective.parse({ measure: "availability", least: "99.95 %" }),
};
const arm = (requests: number, errors: number): Arm => ({
  ...{ requests, errors },
  latency: [[binOf(errors > 0 ? 900 : 90), requests]],
});
const recorded = (samples: readonly Sample[], t: number) =>
  recordedAt(
    samples.reduce((all, one) => recordSample(all, one, OBJECTIVES), NO_RECORD),
    t,
  );
const second = (t: number, baseline: Arm | null, canary: Arm | null = null): Sample => ({
  ...{ t, weight: canary === null ? 0 : 0.5 },
  ...{ baseline, canary },
});

test("requests of both versions count, from the first line of the history on", () => {
  const stream = [
    second(-2, arm(100, 0)),
    second(-1, arm(100, 1)),
    second(0, arm(50, 0), arm(50, 5)),
  ];
  const { success, fast } = recorded(stream, 8);
  assert.deepEqual(success, { good: 294, bad: 6, measured: 10_000 });
  assert.deepEqual(fast, { good: 150, bad: 150, measured: 10_000 });
});

test("AM-20: a minute is good or bad as a whole, both versions together, once it is over", () => {
  const minute = (number: number, baseline: Arm, canary: Arm | null) =>
    Array.from({ length: 60 }, (_, t) => second(number * 60 + t, baseline, canary));
  const stream = [
    ...minute(-1, arm(10, 0), null),
    ...minute(0, arm(10, 4), arm(10, 10)),
    ...minute(1, arm(10, 0), arm(10, 10)),
  ];
  assert.deepEqual(recorded([...stream, second(120, null)], 120)["up"], {
    ...{ good: 2, bad: 1 },
    measured: 180_000,
  });
  assert.equal(recorded(stream, 120)["up"]?.good, 1);
});

test("what is missing counts nothing, and a stream without lines has no record", () => {
  const { success } = recorded([second(0, null), second(1, arm(9, 0))], 1);
  assert.deepEqual(success, { good: 9, bad: 0, measured: 1000 });
  assert.deepEqual(recorded([], 4), {});
});
