import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { differences } from "./differences.ts";

test("what came, went and changed is told by its place", () => {
  const was = {
    gates: { tests: { check: { timeout: "20 min" } }, old: { debt: {} } },
    zone: "UTC",
  };
  const is = { gates: { tests: { check: { timeout: "30 min" } }, new: { soak: {} } }, zone: "UTC" };
  assert.deepEqual(differences(was, is), [
    { path: "gates.tests.check.timeout", was: "20 min", is: "30 min" },
    { path: "gates.old", was: '{"debt":{}}', is: null },
    { path: "gates.new", was: null, is: '{"soak":{}}' },
  ]);
});

test("of a list of words the items that came and went are told, or its order; others item by item", () => {
  assert.deepEqual(differences({ a: ["x", "y"] }, { a: ["y", "z"] }), [
    { path: "a", was: "x", is: null },
    { path: "a", was: null, is: "z" },
  ]);
  assert.deepEqual(differences({ a: ["x", "y"] }, { a: ["y", "x"] }), [
    { path: "a", was: '["x","y"]', is: '["y","x"]' },
  ]);
  assert.deepEqual(differences({ a: [{ b: 1 }] }, { a: [{ b: 2 }, { c: 3 }] }), [
    { path: "a.1.b", was: "1", is: "2" },
    { path: "a.2", was: null, is: '{"c":3}' },
  ]);
});

test("there is a difference exactly where two values are not the same", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (one, other) => {
      assert.deepEqual(differences(one as never, one as never), []);
      const same = JSON.stringify(one) === JSON.stringify(other);
      if (differences(one as never, other as never).length === 0)
        assert.deepEqual(sorted(one), sorted(other));
      else assert.ok(!same);
    }),
    { numRuns: 200, seed: 19 },
  );
});

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return Object.is(value, -0) ? 0 : value;
  const entries = Object.entries(value).map(([key, one]) => [key, sorted(one)] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
