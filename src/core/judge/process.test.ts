import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { begunBy, evidence, grow, type Process, START } from "./process.ts";

const HOUR = 3600;

test("the weight of all beginnings starts at 0.7, never falls and never reaches 1, however long the watch", () => {
  assert.equal(begunBy(0, HOUR), 0.7);
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 1e9, noNaN: true }),
      fc.double({ min: 0, max: 1e7, noNaN: true }),
      fc.integer({ min: 0, max: 10_000_000 }),
      (since, more, planned) => {
        const [one, later] = [begunBy(since, planned), begunBy(since + more, planned)];
        assert.ok(one >= 0.7 && later >= one && later < 1, `${one} ${later}`);
      },
    ),
  );
});

test("the first hour of a week has two thirds of what is not spent at once, as the chance is split over the watch", () => {
  const at = (hours: number) => begunBy(hours * HOUR, 7 * 24 * HOUR);
  assert.ok(Math.abs((at(1) - 0.7) / 0.3 - 0.665) < 0.001);
  assert.ok(Math.abs((at(24) - at(1)) / 0.3 - 0.19) < 0.001);
});

test("without data a process is worth 1; data that say nothing leave it there", () => {
  const clock = { t: 5, planned: HOUR };
  assert.equal(grow(START, null, clock), START);
  assert.equal(evidence(START, [1]), 1);
  let process: Process = START;
  for (let t = 4; t < 500; t += 5) process = grow(process, [0, 0], { t, planned: HOUR });
  assert.ok(Math.abs(evidence(process, [0.5, 0.5]) - 1) < 1e-9);
});

test("whatever finite logarithms come, at whatever times, a process stays a finite number of the same size", () => {
  const any = fc.double({ min: -1e300, max: 1e300, noNaN: true });
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer(), fc.option(fc.tuple(any, any))), { maxLength: 60 }),
      (checks) => {
        let process: Process = START;
        for (const [t, logs] of checks) process = grow(process, logs, { t, planned: HOUR });
        const e = evidence(process, [0.5, 0.5]);
        assert.ok(Number.isFinite(e) && e >= 0 && process.grown.length <= 2, String(e));
      },
    ),
  );
});

test("a process that begins late catches a fault that begins late", () => {
  let process: Process = START;
  for (let t = 4; t < HOUR / 2; t += 5) process = grow(process, [-0.2], { t, planned: HOUR });
  const before = evidence(process, [1]);
  for (let t = HOUR / 2 + 4; t < HOUR / 2 + 100; t += 5)
    process = grow(process, [0.7], { t, planned: HOUR });
  assert.ok(before < 1 && evidence(process, [1]) > 100);
});

test("one check counts for a bounded factor: early on a fault may be proven by one, later it takes three", () => {
  const after = (checks: number, clean: number): number => {
    let process: Process = START;
    for (let check = 0; check < clean + checks; check += 1) {
      const logs = check < clean ? [-0.1] : [50];
      process = grow(process, logs, { t: 5 * check + 4, planned: HOUR });
    }
    return evidence(process, [1]);
  };
  assert.ok(after(1, 0) > 1000);
  assert.ok(after(2, 360) < 1000 && after(3, 360) > 10_000);
});
