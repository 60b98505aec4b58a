import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { isBeyondChance } from "./chance.ts";

const beyond = (bad: number, all: number, share: number) =>
  isBeyondChance({ good: all - bad, bad }, share);

test("one error of a hundred says nothing of a promise of 99.9 %; five do", () => {
  assert.deepEqual(
    [1, 4, 5].map((bad) => beyond(bad, 100, 0.001)),
    [false, false, true],
  );
  assert.deepEqual([beyond(12, 6000, 0.001), beyond(30, 6000, 0.001)], [false, true]);
});

test("what is within its share never is, nothing counted is nothing, and of a promise of 100 % one is enough", () => {
  assert.equal(beyond(10, 10_000, 0.001), false);
  assert.equal(beyond(0, 0, 0.001), false);
  assert.equal(beyond(1, 10, 0), true);
  assert.equal(beyond(20, 20, 0.05), true);
});

/** The chance of at least so many bad ones of all. */
function tail(bad: number, all: number, share: number): number {
  let [term, sum] = [(1 - share) ** all, 0];
  for (let count = 0; count <= all; count += 1) {
    if (count >= bad) sum += term;
    term *= ((all - count) / (count + 1)) * (share / (1 - share));
  }
  return sum;
}

test("what is said to be beyond chance is less likely than one in a million", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 400 }),
      fc.integer({ min: 1, max: 400 }),
      fc.double({ min: 0.001, max: 0.5, noNaN: true }),
      (all, some, share) => {
        const bad = Math.min(some, all);
        // Two of two at a share of 0.001 are exactly one in a million, up to how sums are rounded.
        if (beyond(bad, all, share)) assert.ok(tail(bad, all, share) <= 1e-6 * (1 + 1e-9));
      },
    ),
    { examples: [[2, 2, 0.001]] },
  );
});
