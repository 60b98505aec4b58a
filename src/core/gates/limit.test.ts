import assert from "node:assert/strict";
import { test } from "node:test";
import type { Answer } from "./gate.ts";
import { context, known } from "./given.fake.ts";
import { limit } from "./limit.ts";

const config = limit.shape.parse({ most: 2, per: "week" });
const judged = (now: number, answer?: Answer) =>
  limit.judge(config, known({ now, ...(answer && { answer }) }), context);
const GOT: Answer = {
  outcome: "done",
  facts: { place: "limit/patch/week/2026-W47/2", ends: 1000 },
};
const FULL: Answer = { outcome: "failed", reason: "2 patch releases went", facts: { ends: 1000 } };

test("it asks for one of the type's places in the policy's zone", () => {
  const wanted = { ask: "place", of: "patch", most: 2, per: "week", zone: "UTC" };
  assert.deepEqual(limit.ask(config, context), wanted);
});

test("it passes with a place, until the period is over", () => {
  assert.equal(judged(0).verdict, "pending");
  assert.deepEqual([judged(999, GOT).verdict, judged(999, GOT).until], ["pass", 1000]);
  assert.equal(judged(1000, GOT).verdict, "pending");
});

test("without a place it waits for the next period, and asks again by itself", () => {
  const verdict = judged(10, FULL);
  assert.deepEqual([verdict.verdict, verdict.until], ["pending", 1000]);
  assert.match(verdict.reason, /2 patch releases went; the next week begins/);
  assert.ok((limit.askAgain?.(config, FULL) ?? 0) > 0);
});

test("an answer that cannot be used is an error, never a pass", () => {
  assert.equal(judged(0, { outcome: "unknown", reason: "lost" }).verdict, "error");
  assert.equal(judged(0, { outcome: "failed", reason: "odd" }).verdict, "error");
});
