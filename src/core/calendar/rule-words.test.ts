import assert from "node:assert/strict";
import { test } from "node:test";
import { HOUR } from "../base/time.ts";
import { sayRecurring } from "./rule-words.ts";

const SAID: readonly (readonly [rule: string, words: string])[] = [
  ["FREQ=DAILY", "every day"],
  ["FREQ=DAILY;INTERVAL=3", "every 3 days"],
  ["FREQ=WEEKLY;BYDAY=TU", "every Tuesday"],
  ["FREQ=WEEKLY", "every Thursday"],
  ["FREQ=WEEKLY;INTERVAL=2;BYDAY=FR", "every other Friday"],
  ["FREQ=WEEKLY;INTERVAL=3;BYDAY=MO,TH", "on Monday and Thursday of every third week"],
  ["FREQ=MONTHLY;BYDAY=1FR", "on the first Friday of every month"],
  ["FREQ=MONTHLY;BYDAY=-1SU", "on the last Sunday of every month"],
  ["FREQ=MONTHLY;BYDAY=-2SU", "on the second last Sunday of every month"],
  ["FREQ=MONTHLY;BYMONTHDAY=1,15", "on day 1 and day 15 of every month"],
  ["FREQ=MONTHLY", "on day 1 of every month"],
  [
    "FREQ=MONTHLY;BYMONTH=1,4,7,10;BYDAY=3FR",
    "on the third Friday of January, April, July and October, every year",
  ],
  ["FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=20", "on day 20 of December, every year"],
  [
    "FREQ=YEARLY;INTERVAL=4;BYMONTH=2;BYDAY=5SA",
    "on the fifth Saturday of February, every 4 years",
  ],
];

test("a rule is told as people say it", () => {
  for (const [rule, words] of SAID)
    assert.equal(sayRecurring({ rule, from: "2026-01-01T10:00" }), `${words} at 10:00`);
});

test("it is told how long it lasts", () => {
  const told = sayRecurring({ rule: "FREQ=DAILY", from: "2026-01-01T22:30", for: 2 * HOUR });
  assert.equal(told, "every day at 22:30, for 2 h");
});

test("what no phrase fits keeps its own words, so that nothing is told that is not so", () => {
  for (const rule of [
    "FREQ=WEEKLY;COUNT=3",
    "FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=1",
    "FREQ=MONTHLY;INTERVAL=2;BYMONTH=1;BYDAY=1MO",
    "FREQ=YEARLY;BYMONTHDAY=1",
    "FREQ=MONTHLY;BYDAY=FR",
    "nonsense",
  ])
    assert.match(
      sayRecurring({ rule, from: "2026-01-01T10:00" }),
      /^by the rule .* at 10:00$/,
      rule,
    );
});
