import assert from "node:assert/strict";
import { test } from "node:test";
import { MINUTE, SECOND } from "../base/time.ts";
import type { Answer } from "../gates/gate.ts";
import { attempt, context, DONE, walk } from "./given.fake.ts";
import { lengthsOf, shift } from "./shift.ts";

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

const found = shift.shape.parse({
  weights: ["5 %", "50 %"],
  soak: "1 min",
  patience: "10 min",
  finds: { errors: "1 %", most: "20 min" },
});
const seen = (rate: number | null): Answer => ({
  outcome: "done",
  facts: rate === null ? {} : { rate, usual: 0.001 },
});
const at = (answers: readonly Answer[], now: number) =>
  shift.next(found, attempt(answers), { ...context, now });

test("with `finds` it asks for the traffic first, and each weight lasts as long as the rise takes to be found", () => {
  const [first, second] = lengthsOf(found, { rate: 50, usual: 0.001 });
  assert.ok(first && second && first.length > second.length && second.length > MINUTE);
  const { asked } = walk(shift, found, { now: 20 * MINUTE });
  assert.deepEqual(
    asked.map((work) => (work.ask === "weigh" ? work.canary : work.ask)),
    ["traffic", 500, 5000],
  );
  assert.equal(at([seen(50)], 0).move, "ask");
  assert.deepEqual(at([seen(50), DONE], first.length - 1), {
    ...{ move: "wait", until: first.length },
    why: `soaking: ${first.said}`,
  });
  const next = at([seen(50), DONE], first.length);
  assert.equal(next.move === "ask" && next.work.ask === "weigh" && next.work.canary, 5000);
  assert.equal(at([seen(50), DONE, DONE], second.length).move, "done");
});

test("where the traffic is not known, or too little, each weight lasts the most; the bound allows for that", () => {
  for (const answer of [seen(null), seen(0.01)]) {
    assert.equal(at([answer, DONE], 20 * MINUTE - 1).move, "wait");
    assert.equal(at([answer, DONE], 20 * MINUTE).move, "ask");
  }
  assert.equal(shift.bound(found), 2 * (20 * MINUTE + 10 * SECOND));
});

test("the answer to the traffic sets no weight", () => {
  assert.deepEqual(
    [1, 2, 3].map((answers) => shift.weightAfter?.(found, answers)),
    [undefined, 500, 5000],
  );
});
