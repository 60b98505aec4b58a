import assert from "node:assert/strict";
import { test } from "node:test";
import { sayHolds, sayTriggers } from "./trigger-words.ts";
import { triggers } from "./triggers.ts";

test("every trigger is said in words: what turns back, and what only holds", () => {
  const on = triggers.parse({
    ...{ health: {}, errors: { above: "5 %" }, objectives: {}, database: {} },
    ...{ latency: { times: 10 }, budget: {}, worse: {} },
  });
  assert.deepEqual(
    sayTriggers(on).map((phrase) => phrase.split(",")[0]),
    [
      "the new version does not answer its health probe",
      "more than 5 % of its requests fail",
      "it breaks an objective for 1 min",
      "more than 50 % of its calls to the database fail",
      "its p95 is 10 times that of the old version",
      "it is worse by all statistical evidence",
    ],
  );
  assert.deepEqual(sayHolds(on), [
    "20 % of the new version's health probes failed within 2 min",
    "the new version alone has spent 2 % of an error budget",
  ]);
  assert.deepEqual([...sayTriggers({}), ...sayHolds({})], []);
});
