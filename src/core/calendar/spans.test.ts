import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Span } from "./calendar.ts";
import { clip, subtract, union } from "./spans.ts";

const span = fc
  .tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 12 }))
  .map(([from, length]): Span => ({ from, to: from + length }));
const spans = fc.array(span, { maxLength: 8 });
const covered = (all: readonly Span[], at: number) =>
  all.some(({ from, to }) => at >= from && at < to);

test("a union covers what any span covers, in order, with a gap between any two", () => {
  fc.assert(
    fc.property(spans, (all) => {
      const merged = union(all);
      for (let at = -1; at < 60; at += 1) assert.equal(covered(merged, at), covered(all, at));
      for (const [index, { from, to }] of merged.entries()) {
        assert.ok(from < to);
        assert.ok(index === 0 || from > (merged[index - 1]?.to ?? Number.POSITIVE_INFINITY));
      }
    }),
  );
});

test("subtraction leaves what the holes do not cover, and clipping what lies within", () => {
  fc.assert(
    fc.property(spans, spans, span, (all, holes, within) => {
      const left = subtract(union(all), union(holes));
      const cut = clip(union(all), within);
      for (let at = -1; at < 60; at += 1) {
        assert.equal(covered(left, at), covered(all, at) && !covered(holes, at));
        assert.equal(covered(cut, at), covered(all, at) && covered([within], at));
      }
    }),
  );
});
