import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { add, binBelow, binOf, edgeOf, GROWTH, quantile, TOP_BIN, total } from "./histogram.ts";

test("bin k holds what took [g^k, g^(k+1)) ms, and bin 0 all below", () => {
  assert.deepEqual([0, 0.5, 1, Number.NaN, -3].map(binOf), [0, 0, 0, 0, 0]);
  assert.equal(binOf(1e12), TOP_BIN);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: TOP_BIN - 1 }), (bin) => {
      assert.equal(binOf(GROWTH ** bin), bin, "an edge belongs to the bin above it");
      assert.equal(binOf(edgeOf(bin) * 0.9999), bin);
    }),
  );
});

test("the bin below a limit lies wholly at or below it, and within 5 % of it", () => {
  fc.assert(
    fc.property(fc.double({ min: 2, max: 60_000, noNaN: true }), (limit) => {
      const edge = edgeOf(binBelow(limit));
      assert.ok(edge <= limit * (1 + 1e-6) && edge * 1.05 >= limit, `${edge} for ${limit}`);
    }),
  );
});

test("histograms add up bin by bin, and quantiles are upper edges", () => {
  const sum = add(
    [
      [10, 90],
      [200, 5],
    ],
    [
      [10, 1],
      [3, 4],
    ],
  );
  assert.deepEqual(sum, [
    [3, 4],
    [10, 91],
    [200, 5],
  ]);
  assert.equal(total(sum), 100);
  assert.equal(quantile(0.95, sum), edgeOf(10));
  assert.equal(quantile(0.951, sum), edgeOf(200));
  assert.equal(quantile(0.5, []), null);
});
