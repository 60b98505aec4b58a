import assert from "node:assert/strict";
import { test } from "node:test";
import { DAY } from "../base/time.ts";
import { evidence } from "./evidence.ts";
import type { Answer, Proof } from "./gate.ts";
import { context, known } from "./given.fake.ts";

const config = evidence.shape.parse({ record: "rollback-drill", younger: "30 d" });
const NOW = 100 * DAY;
const of = (when: number): Proof => ({
  by: "lead@example.test",
  when,
  link: "https://example.test/7",
});
const judged = (proof?: Proof, answer?: Answer) =>
  evidence.judge(config, known({ now: NOW, proof, ...(answer && { answer }) }), context);
const found = (when: number): Answer => ({ outcome: "done", facts: { ...of(when) } });

test("it looks for the record of an earlier release", () => {
  assert.deepEqual(evidence.ask(config, context), { ask: "record", record: "rollback-drill" });
});

test("a record passes until it is too old, with who, when and where as evidence", () => {
  const verdict = judged(of(71 * DAY));
  assert.deepEqual([verdict.verdict, verdict.until], ["pass", 101 * DAY]);
  assert.equal(verdict.evidence?.["link"], "https://example.test/7");
  assert.equal(judged(of(70 * DAY)).verdict, "pending");
});

test("the newest counts, be it this release's own or an earlier one's", () => {
  assert.equal(judged(of(10 * DAY), found(90 * DAY)).verdict, "pass");
  assert.equal(judged(of(90 * DAY), found(10 * DAY)).verdict, "pass");
  assert.equal(judged(of(10 * DAY), found(20 * DAY)).verdict, "pending");
});

test("without any record it waits for a person", () => {
  for (const answer of [undefined, { outcome: "done", facts: {} } as const]) {
    const verdict = judged(undefined, answer);
    assert.equal(verdict.verdict, "pending");
    assert.match(verdict.lift?.join() ?? "", /prove/);
  }
});
