import assert from "node:assert/strict";
import { test } from "node:test";
import { HOUR } from "../base/time.ts";
import type { Answer } from "./gate.ts";
import { context, known } from "./given.fake.ts";
import { notice } from "./notice.ts";

const config = notice.shape.parse({ channel: "customers", message: "soon", before: "48 h" });
const SENT: Answer = { outcome: "done", facts: {} };
const judged = (now: number, answer: Answer | undefined, zero = 72 * HOUR) =>
  notice.judge(config, known({ now, answeredAt: 0, ...(answer && { answer }) }), {
    ...context,
    zero,
  });

test("it has Holdpoint send the message itself", () => {
  const wanted = { ask: "announce", channel: "customers", message: "soon" };
  assert.deepEqual(notice.ask(config, context), wanted);
});

test("48 h after the channel took the message it passes, not a moment before", () => {
  assert.equal(judged(0, undefined).verdict, "pending");
  const early = judged(48 * HOUR - 1, SENT);
  assert.deepEqual([early.verdict, early.until], ["pending", 48 * HOUR]);
  assert.equal(judged(48 * HOUR, SENT).verdict, "pass");
});

test("a notice that ends only after T-0 says so", () => {
  assert.match(judged(HOUR, SENT, 24 * HOUR).reason, /which is after T-0/);
  assert.doesNotMatch(judged(HOUR, SENT).reason, /after T-0/);
});

const LOST: Answer = { outcome: "failed", reason: "no answer" };

test("a channel that did not take it is told again; time that passed since does not count", () => {
  assert.equal(judged(72 * HOUR, LOST).verdict, "error");
  assert.ok((notice.askAgain?.(config, LOST) ?? 0) > 0);
});

test("a message that was taken is not sent again while its time passes", () => {
  assert.equal(judged(HOUR, SENT).verdict, "pending");
  assert.equal(notice.askAgain?.(config, SENT), null);
});
