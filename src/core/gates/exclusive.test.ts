import assert from "node:assert/strict";
import { test } from "node:test";
import { exclusive } from "./exclusive.ts";
import type { Answer } from "./gate.ts";
import { context, known } from "./given.fake.ts";

const config = { environment: "production" };
const judged = (answer?: Answer) => exclusive.judge(config, known(answer && { answer }), context);

test("it asks for the environment to be claimed", () => {
  assert.deepEqual(exclusive.ask(config, context), { ask: "claim", environment: "production" });
});

test("it passes once the environment is this release's own", () => {
  assert.equal(judged().verdict, "pending");
  assert.equal(judged({ outcome: "done", facts: { claimed: "production" } }).verdict, "pass");
});

test("it fails, and asks no more by itself, where a newer version has gone out meanwhile", () => {
  const reason = "production has 1.2.4 since, which is newer than 1.2.3";
  const answer: Answer = { outcome: "failed", reason, facts: { newer: "1.2.4" } };
  const { verdict, reason: said, lift } = judged(answer);
  assert.deepEqual([verdict, said], ["fail", reason]);
  assert.match(lift?.join() ?? "", /abort.*waive/);
  assert.equal(exclusive.askAgain?.(config, answer), null);
});

test("while another release has it, it is pending with the reason, and asks again by itself", () => {
  const verdict = judged({ outcome: "failed", reason: "sample-1.0.0 has it" });
  assert.deepEqual([verdict.verdict, verdict.reason], ["pending", "sample-1.0.0 has it"]);
  assert.deepEqual(verdict.lift, ["the release that holds production, by ending"]);
  assert.equal(exclusive.askAgain?.(config, { outcome: "failed", reason: "taken" }), 5000);
});
