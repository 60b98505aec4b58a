import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { addHistograms, binOf } from "./histogram.ts";

test("a bin holds what took g^k to g^(k+1) milliseconds; two bins are 5 %", () => {
  fc.assert(
    fc.property(fc.integer({ min: -100, max: 700 }), (bin) => {
      assert.equal(binOf(1.05 ** (bin / 2)), bin, "an edge belongs to the bin above it");
      assert.equal(binOf(1.05 ** ((bin + 0.99) / 2)), bin);
    }),
  );
  assert.ok(Number.isFinite(binOf(0)));
});

test("histograms add up bin by bin", () => {
  const one = [
    [10, 90],
    [200, 5],
  ] as const;
  const other = [
    [3, 4],
    [10, 1],
  ] as const;
  assert.deepEqual(addHistograms([one, other]), [
    [3, 4],
    [10, 91],
    [200, 5],
  ]);
});
