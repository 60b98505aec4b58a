import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Entry } from "#core/audit/entry.ts";
import type { Json } from "#core/base/canonical.ts";
import { amount, evidenceOf, sayEvidence, wayToThreshold } from "./evidence.ts";
import { thinned } from "./looks.ts";

const looked = (at: number, evidence: Json | undefined, version = 1): Entry => {
  const data = { reading: null, verdict: "hold", reason: "", ...(evidence && { evidence }) };
  const place = { position: at, stream: "shop-1.0.1", seq: at, type: "TrafficLooked", at };
  return { ...place, version, by: "holdpoint", prev: "", hash: "", data };
};

test("the evidence of the judge is told from look to look, with what it takes to turn back", () => {
  const told = evidenceOf([
    looked(1, { e: 1, needed: 100, requests: 10, "kind GET /": "0/10 0/90" }),
    looked(2, undefined),
    looked(3, { e: 250, needed: 100, requests: 40 }),
    looked(4, { e: 300, needed: 100, requests: 50 }, 99),
  ]);
  assert.deepEqual(told, [
    { at: 1, e: 1, needed: 100, verdict: "hold", requests: 10 },
    { at: 3, e: 250, needed: 100, verdict: "hold", requests: 40 },
  ]);
});

test("evidence multiplies, so its way to the threshold is measured in powers", () => {
  const at = (e: number) => ({ at: 0, e, needed: 100, verdict: "hold", requests: 1 }) as const;
  assert.deepEqual(
    [0, 0.5, 1, 10, 100, 1e9].map((e) => wayToThreshold(at(e))),
    [...[0, 0, 0, 0.5, 1, 1]],
  );
  assert.match(sayEvidence(at(0.2)), /^Nothing speaks against it: 0.2 of 100/);
  assert.match(sayEvidence(at(10)), /^10 of the 100/);
  assert.match(sayEvidence(at(100)), /^Enough evidence/);
  assert.deepEqual([0.034, 7.24, 1432, 2.13e8].map(amount), [
    "0.034",
    "7.2",
    "1,400",
    "2.1 × 10^8",
  ]);
});

test("of many looks at most so many are drawn, evenly, and always the last", () => {
  fc.assert(
    fc.property(fc.array(fc.integer()), fc.integer({ min: 1, max: 50 }), (items, most) => {
      const kept = thinned(items, most);
      assert.ok(kept.length <= most);
      assert.equal(kept.at(-1), items.at(-1));
      if (items.length <= most) assert.deepEqual(kept, items);
    }),
  );
});
