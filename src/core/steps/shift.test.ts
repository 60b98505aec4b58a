import assert from "node:assert/strict";
import { test } from "node:test";
import { MINUTE, SECOND } from "../base/time.ts";
import { attempt, context, DONE, walk } from "./given.fake.ts";
import { shift } from "./shift.ts";

const config = shift.shape.parse({
  weights: ["5 %", "50 %", "100 %"],
  soak: "1 min",
  patience: "10 min",
});
const hold = { verdict: "hold", reason: "its p95 is 400 ms" } as const;
const after = (answers: number, now: number, judged: typeof context.judged = context.judged) =>
  shift.next(config, attempt(Array.from({ length: answers }, () => DONE)), {
    ...context,
    now,
    judged,
  });

test("it sets the first weight at once and each next one when the one before has soaked", () => {
  assert.deepEqual(after(0, 0), {
    move: "ask",
    work: { ask: "weigh", environment: "production", canary: 500 },
  });
  assert.deepEqual(after(1, MINUTE - 1), { move: "wait", until: MINUTE, why: "soaking" });
  const next = after(1, MINUTE);
  assert.equal(next.move === "ask" && next.work.ask === "weigh" && next.work.canary, 5000);
});

test("it is done when the last weight has soaked, and says which that is", () => {
  assert.equal(after(3, MINUTE - 1).move, "wait");
  assert.deepEqual(after(3, MINUTE), { move: "done", evidence: { weight: 10_000 } });
});

test("while the judge holds it waits, as long as its patience lasts; then it has failed", () => {
  assert.deepEqual(after(1, 2 * MINUTE, hold), {
    move: "wait",
    until: 11 * MINUTE,
    why: "held: its p95 is 400 ms",
  });
  assert.deepEqual(after(1, 11 * MINUTE, hold), {
    move: "fail",
    reason: "held for too long: its p95 is 400 ms",
  });
  assert.equal(after(1, 11 * MINUTE).move, "ask");
});

test("without a soak it sets one weight after the other, whatever the judge says", () => {
  const { asked, end } = walk(shift, { ...config, soak: 0 }, { judged: hold });
  assert.deepEqual(
    asked.map((work) => work.ask === "weigh" && work.canary),
    [500, 5000, 10_000],
  );
  assert.equal(end.move, "done");
});

test("it exposes the new version, and is undone by taking all traffic away", () => {
  assert.equal(shift.exposes, true);
  const undo = shift.undo(config);
  assert.deepEqual(
    undo.undo === "steps" && undo.steps.map(({ kind, config: told }) => [kind, told]),
    [["shift", { weights: [0], soak: 0, patience: 0 }]],
  );
});

test("it takes the time of every soak and of setting every weight", () => {
  assert.equal(shift.bound(config), 3 * (MINUTE + 10 * SECOND));
});

test("the weight in force is that of its last answer", () => {
  assert.deepEqual(
    [1, 2, 3].map((answers) => shift.weightAfter?.(config, answers)),
    [500, 5000, 10_000],
  );
});
