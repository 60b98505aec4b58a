import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Accumulator } from "./accumulate.ts";

const of = (values: Record<string, number>) =>
  Object.entries(values).map(([series, value]) => ({ series, value }));

test("the first reading begins the counting; then each series adds what it rose by", () => {
  const total = new Accumulator();
  assert.equal(total.add(of({ a: 1000, b: 10 })), 0);
  assert.equal(total.add(of({ a: 1005, b: 10 })), 5);
});

test("a counter that was reset counts what it shows; one that is new counts whole; one that is gone stays counted", () => {
  const total = new Accumulator();
  total.add(of({ a: 1000 }));
  assert.equal(total.add(of({ a: 3 })), 3);
  assert.equal(total.add(of({ a: 4, b: 7 })), 11);
  assert.equal(total.add(of({ b: 8 })), 12);
  assert.equal(total.add([]), 12);
  assert.equal(total.add(of({ a: 6, b: 8 })), 14);
});

test("a series that comes after a first reading without any is new, and counts whole", () => {
  const total = new Accumulator();
  assert.equal(total.add([]), 0);
  assert.equal(total.add(of({ a: 5 })), 5);
});

test("values that are no counts are passed over, and no total ever falls", () => {
  const total = new Accumulator();
  total.add(of({ a: 1 }));
  assert.equal(total.add(of({ a: Number.NaN, b: -3, c: Number.POSITIVE_INFINITY })), 0);
  const readings = fc.array(fc.dictionary(fc.constantFrom("a", "b", "c"), fc.double()), {
    maxLength: 20,
  });
  fc.assert(
    fc.property(readings, (all) => {
      const one = new Accumulator();
      let before = 0;
      for (const values of all) {
        const now = one.add(of(values));
        assert.ok(now >= before);
        before = now;
      }
    }),
  );
});
