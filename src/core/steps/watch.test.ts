import assert from "node:assert/strict";
import { test } from "node:test";
import { MINUTE } from "../base/time.ts";
import { attempt, context } from "./given.fake.ts";
import { watch } from "./watch.ts";

const config = watch.shape.parse({ for: "10 min", patience: "5 min" });
const at = (now: number, judged: typeof context.judged = context.judged) =>
  watch.next(config, attempt(), { ...context, now, judged });
const hold = { verdict: "hold", reason: "the new version cannot be measured" } as const;

test("it asks nothing and waits for its time", () => {
  assert.deepEqual(at(0), { move: "wait", until: 10 * MINUTE, why: "watching" });
  assert.equal(watch.bound(config), 10 * MINUTE);
  assert.deepEqual(watch.undo(config), { undo: "nothing" });
});

test("it is done at its end when the judge says continue", () => {
  assert.deepEqual(at(10 * MINUTE), { move: "done" });
});

test("it goes on while the judge holds, as long as its patience lasts; then it has failed", () => {
  assert.deepEqual(at(12 * MINUTE, hold), {
    move: "wait",
    until: 15 * MINUTE,
    why: "held: the new version cannot be measured",
  });
  assert.equal(at(15 * MINUTE, hold).move, "fail");
  assert.equal(at(15 * MINUTE).move, "done");
});
