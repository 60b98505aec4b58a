import assert from "node:assert/strict";
import { test } from "node:test";
import { DAY, HOUR, MINUTE } from "../base/time.ts";
import { context, known } from "./given.fake.ts";
import { notice } from "./notice.ts";

const config = { channel: "customers", message: "maintenance", before: 2 * DAY };
const TOLD = { outcome: "done", facts: {} } as const;
const LOST = { outcome: "failed", reason: "no answer" } as const;

test("it holds until the channel has taken the message and the time since has passed", () => {
  const at = (now: number) =>
    notice.judge(config, known({ now, answer: TOLD, answeredAt: HOUR }), context);
  assert.equal(notice.judge(config, known(), context).verdict, "pending");
  assert.equal(at(2 * DAY).verdict, "pending");
  assert.equal(at(2 * DAY).until, 2 * DAY + HOUR);
  assert.equal(at(2 * DAY + HOUR).verdict, "pass");
});

test("a message that was taken is not sent again while the time passes; one that was not is", () => {
  assert.equal(notice.askAgain?.(config, TOLD), null);
  assert.equal(notice.askAgain?.(config, LOST), MINUTE);
  const lost = notice.judge(config, known({ answer: LOST, answeredAt: 0 }), context);
  assert.deepEqual([lost.verdict, lost.reason], ["error", "customers was not told: no answer"]);
});
