import assert from "node:assert/strict";
import { test } from "node:test";
import type { Answer } from "./gate.ts";
import { context, known } from "./given.fake.ts";
import { objectives } from "./objectives.ts";

const config = objectives.shape.parse({ environment: "production" });
const judged = (answer?: Answer, only: string[] = []) =>
  objectives.judge({ ...config, only }, known(answer && { answer }), context);

function measured(errors: number, slow = 0, requests = 1000): Answer {
  const latency = [
    [200, requests - slow],
    [500, requests],
  ] as const;
  const counters = { requests, errors, latency, databaseCalls: 0, databaseErrors: 0 };
  const reading = { at: 0, canary: null, baseline: { healthy: true, counters } };
  return { outcome: "done", facts: {}, reading };
}

test("it asks for the environment to be measured, and again after a while as long as it does not pass", () => {
  assert.deepEqual(objectives.ask(config, context), { ask: "measure", environment: "production" });
  assert.equal(objectives.askAgain?.(config, measured(0)), 15_000);
});

test("it passes while the stable version keeps every objective, the limit included", () => {
  assert.equal(judged().verdict, "pending");
  const verdict = judged(measured(10));
  assert.deepEqual([verdict.verdict, verdict.reason], ["pass", "2 objectives are kept"]);
});

test("it fails and names each objective that is broken with its figures", () => {
  const verdict = judged(measured(11, 100));
  assert.equal(verdict.verdict, "fail");
  assert.equal(
    verdict.reason,
    "errors: error-rate is 1.1 %, at most 1 % is allowed; speed: p95 is above 300 ms: 10 % took longer, at most 5 % may",
  );
});

test("asked again, it judges what was counted since the look before, not the whole past", () => {
  const looks = (before: Answer, answer: Answer) =>
    objectives.judge(config, known({ answer, before }), context).verdict;
  assert.equal(judged(measured(500)).verdict, "fail");
  assert.equal(looks(measured(500), measured(500, 0, 2000)), "pass");
  assert.equal(looks(measured(0), measured(500, 0, 2000)), "fail");
  assert.equal(looks(measured(500), measured(500)), "fail", "no request since proves nothing");
  assert.equal(looks({ outcome: "failed", reason: "no metrics" }, measured(500)), "fail");
});

test("it looks only at the objectives that the policy names", () => {
  assert.equal(judged(measured(500), ["speed"]).verdict, "pass");
});

test("nothing that serves yet breaks nothing", () => {
  const reading = { at: 0, canary: null, baseline: null };
  assert.equal(judged({ outcome: "done", facts: {}, reading }).verdict, "pass");
});

test("what cannot be measured is an error, which holds", () => {
  assert.equal(judged({ outcome: "failed", reason: "no metrics" }).verdict, "error");
  assert.equal(judged({ outcome: "unknown", reason: "lost" }).verdict, "error");
});
