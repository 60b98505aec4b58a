import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { makeDeck, WHOLE } from "./deck.ts";

const share = fc.integer({ min: 0, max: WHOLE });
/** Two or three weights that make a whole. */
const weights = fc.oneof(
  share.map((first) => [WHOLE - first, first]),
  fc.tuple(share, share).map(([a, b]) => [Math.min(a, b), Math.abs(a - b), WHOLE - Math.max(a, b)]),
);
const chance = fc.noShrink(
  fc.infiniteStream(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })),
);

function count(deck: () => number, times: number, versions: number): number[] {
  const counts = Array.from({ length: versions }, () => 0);
  for (let i = 0; i < times; i++) {
    const version = deck();
    counts[version] = (counts[version] ?? 0) + 1;
  }
  return counts;
}

test("of any ten thousand requests each version gets exactly its basis points", () => {
  fc.assert(
    fc.property(weights, (weights) => {
      const deck = makeDeck(weights);
      for (let round = 0; round < 2; round++) {
        assert.deepEqual(count(deck, WHOLE, weights.length), weights);
      }
    }),
    { numRuns: 60 },
  );
});

test("of any hundred requests each version gets its share to within one request", () => {
  fc.assert(
    fc.property(weights, chance, (weights, chance) => {
      const deck = makeDeck(weights, () => chance.next().value);
      const total = weights.map(() => 0);
      for (let round = 1; round <= 20; round++) {
        for (const [version, more] of count(deck, 100, weights.length).entries()) {
          total[version] = (total[version] ?? 0) + more;
          const fair = ((weights[version] ?? 0) / 100) * round;
          assert.ok(Math.abs((total[version] ?? 0) - fair) <= 1, `${total} after ${round} hundred`);
        }
      }
    }),
    { numRuns: 60 },
  );
});

test("a version without weight gets nothing, a version with all of it gets everything", () => {
  assert.deepEqual(count(makeDeck([WHOLE, 0]), 500, 2), [500, 0]);
  assert.deepEqual(count(makeDeck([0, WHOLE]), 500, 2), [0, 500]);
  assert.deepEqual(count(makeDeck([WHOLE]), 500, 1), [500]);
});

test("clients who ask by turns meet both versions with either question", () => {
  const deck = makeDeck([WHOLE / 2, WHOLE / 2]);
  const first = [0, 0];
  for (let i = 0; i < 5000; i++) {
    const [page, script] = [deck(), deck()];
    first[page] = (first[page] ?? 0) + 1;
    assert.ok(script === 0 || script === 1);
  }
  assert.ok(Math.abs((first[0] ?? 0) - 2500) < 250, String(first));
});
