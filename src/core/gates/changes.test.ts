import assert from "node:assert/strict";
import { test } from "node:test";
import { DAY } from "../base/time.ts";
import { changes } from "./changes.ts";
import { context, known } from "./given.fake.ts";

const config = changes.shape.parse({ since: "T-2 d", allows: ["fix", "docs"] });
const ZERO = 10 * DAY;
const carried = (last: Record<string, number>) =>
  Object.fromEntries(
    Object.entries(last).map(([type, at]) => [type, { count: 1, last: at, commit: "c0ffee" }]),
  );
const judged = (last?: Record<string, number>) =>
  changes.judge(config, known({ now: ZERO }), {
    ...context,
    zero: ZERO,
    ...(last && { changes: carried(last) }),
  });

test("what came in before the freeze may be anything", () => {
  assert.equal(judged({ feat: 8 * DAY - 1, fix: 7 * DAY }).verdict, "pass");
});

test("from its first moment on only the allowed types pass, and the others are named", () => {
  assert.equal(judged({ fix: 9 * DAY, docs: ZERO }).verdict, "pass");
  const verdict = judged({ feat: 8 * DAY, fix: 9 * DAY, untyped: 9 * DAY });
  assert.equal(verdict.verdict, "fail");
  assert.match(verdict.reason, /there is feat \(c0ffee\), untyped \(c0ffee\)/);
});

test("a plan that does not say what it carries is inconclusive, not passed", () => {
  assert.equal(judged().verdict, "inconclusive");
});
