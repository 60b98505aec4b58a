import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { dispersionOf, STILL, scatter } from "./dispersion.ts";

/** The dispersion of counts that each come from 100 requests. */
const of = (counts: readonly number[]) =>
  dispersionOf([[counts.reduce((before, bad) => scatter(before, { all: 100, bad }), STILL)]]);

test("errors one by one do not scatter more than independent ones; a drift is no scatter", () => {
  assert.ok(of(Array.from({ length: 200 }, (_, index) => (index % 7 === 0 ? 1 : 0))) < 1.01);
  assert.equal(of(Array.from({ length: 90 }, (_, index) => index)), 1);
});

test("errors in clusters scatter by the size of the clusters", () => {
  const clusters = Array.from({ length: 300 }, (_, index) => (index % 10 === 0 ? 5 : 0));
  assert.ok(of(clusters) > 4);
});

test("a burst of one arm counts against itself, even the first", () => {
  assert.ok(of([0, 0, 0, 12]) > 8);
});

test("whatever counts come, it is a finite number of at least 1", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(1e9), fc.nat(1e9)), { maxLength: 40 }), (counts) => {
      const arm = counts.reduce(
        (before, [all, bad]) => scatter(before, { all, bad: Math.min(all, bad) }),
        STILL,
      );
      const dispersion = dispersionOf([[arm, STILL], [STILL]]);
      assert.ok(Number.isFinite(dispersion) && dispersion >= 1, String(dispersion));
    }),
  );
});
