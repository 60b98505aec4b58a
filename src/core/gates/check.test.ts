import assert from "node:assert/strict";
import { test } from "node:test";
import { check } from "./check.ts";
import type { Answer } from "./gate.ts";
import { context, known } from "./given.fake.ts";

const config = check.shape.parse({
  run: ["npm", "test"],
  report: { format: "junit", file: "report.xml" },
  require: { tests: { least: 1 }, failures: { most: 0 } },
  exits: [0, 1],
});
const judged = (answer?: Answer) => check.judge(config, known(answer && { answer }), context);
const done = (facts: Extract<Answer, { outcome: "done" }>["facts"]): Answer => ({
  outcome: "done",
  facts,
});

test("it asks for its command, with the report it leaves", () => {
  assert.deepEqual(check.ask(config, context), {
    ask: "command",
    argv: ["npm", "test"],
    timeout: 600_000,
    env: [],
    report: { format: "junit", file: "report.xml" },
  });
});

test("it is pending until the command has ended", () => {
  assert.equal(judged().verdict, "pending");
});

test("it passes when the exit code is allowed and every figure is within its limits, the limits included", () => {
  const verdict = judged(done({ exit: 1, tests: 1, failures: 0 }));
  assert.deepEqual([verdict.verdict, verdict.reason], ["pass", "tests 1, failures 0"]);
  assert.deepEqual(verdict.evidence, { exit: 1, tests: 1, failures: 0 });
});

test("it fails on an exit code that is not allowed, whatever the figures say", () => {
  const verdict = judged(done({ exit: 2, tests: 9, failures: 0 }));
  assert.deepEqual([verdict.verdict, verdict.reason], ["fail", "npm test ended with exit code 2"]);
});

test("it fails and names every figure that is missed or missing, and who can lift it", () => {
  const verdict = judged(done({ exit: 0, failures: 2 }));
  assert.equal(verdict.verdict, "fail");
  assert.equal(
    verdict.reason,
    "the report does not say tests; failures is 2, at most 0 is allowed",
  );
  assert.deepEqual(verdict.lift, ["mend it, then `retry`", "`waive` it with a reason"]);
  assert.equal(
    judged(done({ exit: 0, tests: 0, failures: 0 })).reason,
    "tests is 0, at least 1 is required",
  );
});

test("a figure that is no number counts as missing", () => {
  assert.equal(judged(done({ exit: 0, tests: "9", failures: 0 })).verdict, "fail");
});

test("a command that could not be run or whose end is unknown is an error, not a failure", () => {
  assert.equal(judged({ outcome: "failed", reason: "no such program" }).verdict, "error");
  assert.equal(judged({ outcome: "unknown", reason: "lost" }).verdict, "error");
});
