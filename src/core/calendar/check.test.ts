import assert from "node:assert/strict";
import { test } from "node:test";
import { DAY, HOUR } from "../base/time.ts";
import type { Freeze, Window } from "./calendar.ts";
import { problemsOf } from "./check.ts";

const GOOD: Window = {
  rule: "FREQ=WEEKLY;BYDAY=TU",
  from: "2026-01-06T10:00",
  for: 2 * HOUR,
  zone: "America/New_York",
};
const ofWindow = (more: Partial<Window>) =>
  problemsOf({ windows: { w: { ...GOOD, ...more } }, freezes: {} });
const ofFreeze = (more: Partial<Freeze>) => {
  const freeze = { from: "2026-01-06T10:00", zone: "UTC", reason: "audit", except: [], ...more };
  return problemsOf({ windows: {}, freezes: { f: freeze } });
};
const onlyOne = (problems: ReturnType<typeof problemsOf>) => {
  assert.equal(problems.length, 1);
  const [problem] = problems;
  assert.ok(problem);
  return problem;
};

test("a sound calendar has no problems", () => {
  assert.deepEqual(ofWindow({}), []);
  assert.deepEqual(ofFreeze({ to: "2026-01-07T10:00" }), []);
  assert.deepEqual(ofFreeze({ rule: "FREQ=YEARLY", for: 14 * DAY }), []);
});

test("rules of every sort that RFC 5545 has for days are sound", () => {
  for (const [rule, from] of [
    ["FREQ=DAILY", "2026-01-06T10:00"],
    ["freq=daily;interval=3;count=5", "2026-01-06T10:00"],
    ["FREQ=MONTHLY;BYDAY=2SU", "2026-01-11T10:00"],
    ["FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "2026-01-30T10:00"],
    ["FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=20", "2026-12-20T10:00"],
    ["FREQ=YEARLY;BYWEEKNO=2;BYDAY=TU;WKST=MO", "2026-01-06T10:00"],
    ["FREQ=WEEKLY;BYDAY=TU;BYHOUR=10,15;UNTIL=20271231", "2026-01-06T10:00"],
    ["FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "2028-02-29T10:00"],
  ] as const)
    assert.deepEqual(ofWindow({ rule, from }), [], rule);
});

test("a rule that cannot be taken is named by its place, with what is wrong", () => {
  for (const [rule, wrong] of [
    ["FREQ=HOURLY", /FREQ is DAILY/],
    ["BYDAY=TU", /FREQ is missing/],
    ["FREQ=WEEKLY;BYDAY=TUE", /BYDAY is days such as TU.*not `TUE`/],
    ["FREQ=WEEKLY;BYDAY=2TU", /numbered days .* go with MONTHLY or YEARLY/],
    ["FREQ=YEARLY;BYWEEKNO=3;BYDAY=2TU", /numbered days do not go with BYWEEKNO/],
    ["FREQ=WEEKLY;BYMONTHDAY=3", /BYMONTHDAY does not go with WEEKLY/],
    ["FREQ=MONTHLY;BYWEEKNO=3", /BYWEEKNO goes with YEARLY only/],
    ["FREQ=MONTHLY;BYMONTHDAY=0", /BYMONTHDAY is days of a month.*not `0`/],
    ["FREQ=MONTHLY;BYMONTHDAY=32", /BYMONTHDAY is days of a month.*not `32`/],
    ["FREQ=MONTHLY;BYSETPOS=1", /BYSETPOS needs another/],
    ["FREQ=DAILY;FREQ=DAILY", /FREQ stands there twice/],
    ["FREQ=DAILY;COUNT=1;UNTIL=20270101", /exclude each other/],
    ["FREQ=DAILY;COUNT=0", /COUNT is a number from 1/],
    ["FREQ=DAILY;UNTIL=tomorrow", /UNTIL is a day/],
    ["FREQ=DAILY;BYSECOND=1", /no part of a rule/],
    ["FREQ=DAILY;DTSTART=20260101", /no part of a rule/],
    ["FREQ=DAILY;", /not NAME=VALUE/],
    ["RRULE:FREQ=DAILY", /no part of a rule/],
    ["FREQ=DAILY;__PROTO__=1", /no part of a rule/],
    ["FREQ=DAILY;BYHOUR=0,1,2,3,4;BYMINUTE=0,1,2,3,4,5,6,7,8,9", /50 openings a day/],
  ] as const) {
    const problem = onlyOne(ofWindow({ rule }));
    assert.deepEqual(problem.path, ["calendar", "windows", "w", "rule"]);
    assert.match(problem.sentence, wrong);
    assert.equal(problem.level, "error");
  }
});

test("a rule that never comes is an error, also where its end lies before its start", () => {
  for (const rule of [
    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
    "FREQ=WEEKLY;BYDAY=TU;UNTIL=20250101",
    "FREQ=DAILY;UNTIL=20201231",
  ])
    assert.match(onlyOne(ofWindow({ rule })).sentence, /never comes/);
});

test("a first opening that the rule does not have is a warning that names the true one", () => {
  const problem = onlyOne(ofWindow({ from: "2026-01-07T10:00" }));
  assert.equal(problem.level, "warning");
  assert.match(problem.sentence, /first comes at Tue 2026-01-13 10:00 America\/New_York/);
});

test("an unknown zone, an offset and an impossible date are errors at their field", () => {
  for (const zone of ["Mars/Olympus", "+02:00", "", "EST 5"])
    assert.equal(onlyOne(ofWindow({ zone })).path.at(-1), "zone");
  assert.equal(onlyOne(ofWindow({ from: "2026-02-30T10:00" })).path.at(-1), "from");
  assert.equal(onlyOne(ofFreeze({ to: "2026-01-32T10:00" })).path.at(-1), "to");
});

test("a length of nothing and one of more than a year are errors", () => {
  assert.match(onlyOne(ofWindow({ for: 0 })).sentence, /lasts no time/);
  assert.match(onlyOne(ofWindow({ for: 400 * DAY })).sentence, /longer than/);
});

test("a freeze says either when it ends, or how it comes again and for how long", () => {
  const field = (more: Partial<Freeze>) => onlyOne(ofFreeze(more)).path.at(-1);
  assert.equal(field({}), "from");
  assert.equal(field({ to: "2026-01-06T10:00" }), "to");
  assert.equal(field({ to: "2026-01-05T10:00" }), "to");
  assert.equal(field({ rule: "FREQ=YEARLY" }), "rule");
  assert.equal(field({ for: DAY }), "for");
  assert.equal(field({ rule: "FREQ=YEARLY", to: "2026-02-01T00:00" }), "to");
  assert.equal(field({ rule: "FREQ=NEVER", for: DAY }), "rule");
});
