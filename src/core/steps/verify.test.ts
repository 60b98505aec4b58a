import assert from "node:assert/strict";
import { test } from "node:test";
import { MINUTE, SECOND } from "../base/time.ts";
import type { Answer } from "../gates/gate.ts";
import { attempt, context, DONE } from "./given.fake.ts";
import { verify } from "./verify.ts";

const config = verify.shape.parse({
  paths: ["/health"],
  of: "stable",
  objectives: ["errors"],
  over: "30 s",
});
const after = (answers: readonly Answer[], now: number, more = {}) =>
  verify.next({ ...config, ...more }, attempt(answers), { ...context, now });

function measured(requests: number, errors: number): Answer {
  const counters = { requests, errors, latency: [], databaseCalls: 0, databaseErrors: 0 };
  return {
    outcome: "done",
    facts: {},
    reading: { at: 0, canary: null, baseline: { healthy: true, counters } },
  };
}

test("it probes, measures, waits and measures again", () => {
  const [probe, first] = [after([], 0), after([DONE], 0)];
  assert.equal(probe.move === "ask" && probe.work.ask, "probe");
  assert.equal(first.move === "ask" && first.work.ask, "measure");
  assert.deepEqual(after([DONE, measured(100, 0)], 1), {
    move: "wait",
    until: 30 * SECOND,
    why: "measuring",
  });
  const second = after([DONE, measured(100, 50)], 30 * SECOND);
  assert.equal(second.move, "ask");
});

test("only what was counted meanwhile is judged, not what was before", () => {
  const end = after([DONE, measured(100, 50), measured(300, 51)], 30 * SECOND);
  assert.deepEqual(end, { move: "done", evidence: { requests: 200, errors: 1 } });
});

test("it fails when an objective is broken meanwhile, and says by how much", () => {
  const end = after([DONE, measured(100, 0), measured(300, 10)], 30 * SECOND);
  assert.deepEqual(end, {
    move: "fail",
    reason: "errors: error-rate is 5 %, at most 1 % is allowed",
  });
});

test("it fails when the version cannot be measured", () => {
  const lost: Answer = { outcome: "done", facts: {} };
  assert.equal(after([DONE, lost, lost], 30 * SECOND).move, "fail");
  const canary = after([DONE, measured(1, 0), measured(2, 0)], 30 * SECOND, { of: "canary" });
  assert.deepEqual(canary, { move: "fail", reason: "the canary version cannot be measured" });
});

test("without objectives its probe is all, without paths its measuring", () => {
  assert.deepEqual(after([DONE], 0, { objectives: [] }), { move: "done" });
  const first = after([], 0, { paths: [] });
  assert.equal(first.move === "ask" && first.work.ask, "measure");
});

test("it takes the time of its probe, and of its measuring with a minute for the two looks", () => {
  assert.equal(verify.bound(config), MINUTE + 30 * SECOND + MINUTE);
  assert.equal(verify.bound({ ...config, objectives: [] }), MINUTE);
  assert.deepEqual(verify.undo(config), { undo: "nothing" });
});
