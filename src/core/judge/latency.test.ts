import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { addHistograms, type Histogram } from "../base/histogram.ts";
import {
  freeze,
  learn,
  NOTHING_KNOWN,
  QUANTILES,
  remember,
  slowLogs,
  slowOf,
  tiltOf,
  total,
} from "./latency.ts";
import { METRICS } from "./metrics.ts";

const even: Histogram = Array.from({ length: 100 }, (_, bin) => [bin, 10] as const);
const known = freeze(learn(NOTHING_KNOWN, even));

test("thresholds are frozen at the quantiles of the past, once it has 200 requests", () => {
  assert.deepEqual(known.thresholds, [50, 75, 90, 95, 99]);
  assert.equal(freeze(learn(NOTHING_KNOWN, [[5, 199]])).thresholds, null);
  assert.deepEqual(
    freeze(learn(NOTHING_KNOWN, [[5, 200]])).thresholds,
    QUANTILES.map(() => 6),
  );
  assert.equal(learn(known, even), known);
});

test("a version that is up to 5 % slower is not counted as slower: two bins are off", () => {
  const shifted = even.map(([bin, count]) => [bin + 2, count] as const);
  const { latency, baseline, plain } = slowOf(known.thresholds ?? [], [shifted], [even]);
  assert.deepEqual(latency, baseline);
  assert.notDeepEqual(plain, baseline);
});

test("histograms of any number of parts count as one: no quantile is averaged", () => {
  const histogram = fc
    .uniqueArray(fc.tuple(fc.integer({ min: -9000, max: 9000 }), fc.integer({ min: 1, max: 99 })), {
      selector: ([bin]) => bin,
    })
    .map((bins): Histogram => bins.toSorted(([a], [b]) => a - b));
  fc.assert(
    fc.property(fc.array(histogram, { maxLength: 5 }), (parts) => {
      const whole = addHistograms(parts);
      assert.equal(
        total(whole),
        parts.reduce((sum, part) => sum + total(part), 0),
      );
      assert.deepEqual(
        slowOf([-50, 0, 50, 90, 99], parts, []).plain,
        slowOf([-50, 0, 50, 90, 99], [whole], []).plain,
      );
      assert.deepEqual(
        whole.map(([bin]) => bin),
        whole.map(([bin]) => bin).toSorted((a, b) => a - b),
      );
    }),
  );
});

/** All ways to draw `count` requests into cells of these chances, each with its probability. */
function* draws(count: number, chances: readonly number[]): Generator<[number[], number]> {
  if (count === 0) {
    yield [chances.map(() => 0), 1];
    return;
  }
  for (const [cells, chance] of draws(count - 1, chances)) {
    for (const [cell, one] of chances.entries()) {
      const more = cells.map((number, index) => (index === cell ? number + 1 : number));
      yield [more, chance * one];
    }
  }
}

/** The mean factor of three requests of the canary and four of the baseline. */
function meanOf(law: { mine: number[]; other: number[] }, cells: number[], tilt: number[]): number {
  const about = { past: [], thresholds: [0, 0], cells };
  let mean = 0;
  for (const [canary, chance] of draws(3, law.mine))
    for (const [baseline, other] of draws(4, law.other)) {
      const [log = 0] =
        slowLogs(about, { canary, baseline }, { tilts: [tiltOf(tilt)], dispersion: 1 }) ?? [];
      mean += chance * other * Math.exp(log);
    }
  return mean;
}

test("a factor has a mean of at most 1 when both arms are equally slow, whatever is guessed, and when the canary is faster", () => {
  const laws = [
    { mine: [0.2, 0.3, 0.5], other: [0.2, 0.3, 0.5] },
    { mine: [0.95, 0.04, 0.01], other: [0.9, 0.05, 0.05] },
  ];
  const guesses = [
    [10, 20, 170],
    [100, 60, 40],
  ];
  const tilts = [
    [-0.5, 0.3, 1.2],
    [0, 0, 2],
  ];
  for (const law of laws)
    for (const guess of guesses)
      for (const tilt of tilts) assert.ok(meanOf(law, guess, tilt) <= 1 + 1e-9);
});

test("no tilt falls from one cell to the next: a faster canary never gives evidence", () => {
  for (const metric of [METRICS.latency, METRICS["gross latency"]])
    for (const { steps } of metric.tilts)
      assert.deepEqual(
        steps,
        steps.toSorted((a, b) => a - b),
      );
  const weights = [METRICS.latency, METRICS["gross latency"]].map(({ tilts, weights: all }) => [
    tilts.length,
    all.length,
  ]);
  for (const [tilts, all] of weights) assert.equal(tilts, all);
});

test("the recent share of the baseline is followed, and no cell is ever empty", () => {
  let recent = known;
  const slow = slowOf(known.thresholds ?? [], [], [[[98, 100]]]);
  for (let check = 0; check < 2000; check += 1) recent = remember(recent, slow);
  const all = recent.cells.reduce((sum, cell) => sum + cell, 0);
  assert.ok((recent.cells[4] ?? 0) / all > 0.99);
  assert.ok(recent.cells.every((cell) => cell > 0));
});

test("an arm without requests says nothing", () => {
  const none = [0, 0, 0, 0, 0, 0];
  const some = [9, 3, 2, 1, 1, 0];
  const how = { tilts: METRICS.latency.tilts, dispersion: 1 };
  assert.equal(slowLogs(known, { canary: none, baseline: some }, how), null);
  assert.equal(slowLogs(known, { canary: some, baseline: none }, how), null);
});
