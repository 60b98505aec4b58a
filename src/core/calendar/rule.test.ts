import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { RRuleTemporal } from "rrule-temporal";
import { ruleFault } from "./rule.ts";

const GOOD = [
  "FREQ=WEEKLY;BYDAY=TU",
  "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR",
  "FREQ=MONTHLY;BYDAY=1FR",
  "FREQ=MONTHLY;BYDAY=-1SU",
  "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
  "FREQ=MONTHLY;INTERVAL=3;BYDAY=3TU",
  "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=20",
  "FREQ=YEARLY;BYYEARDAY=-1",
  "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO;WKST=MO",
  "FREQ=DAILY;UNTIL=20261231T235959Z",
  "FREQ=DAILY;COUNT=10",
];

const BAD: [rule: string, fault: RegExp][] = [
  ["", /not NAME=VALUE/],
  ["WEEKLY", /not NAME=VALUE/],
  ["FREQ=WEEKLY;;BYDAY=TU", /not NAME=VALUE/],
  ["BYDAY=TU", /FREQ is missing/],
  ["FREQ=FORTNIGHTLY", /FREQ is DAILY/],
  ["FREQ=SECONDLY", /FREQ is DAILY/],
  ["FREQ=WEEKLY;FREQ=DAILY", /FREQ stands there twice/],
  ["FREQ=WEEKLY;BYDAYS=TU", /did you mean BYDAY/],
  ["FREQ=WEEKLY;DTSTART=20260101", /no part of a rule/],
  ["FREQ=WEEKLY;constructor=1", /no part of a rule/],
  ["FREQ=WEEKLY;BYDAY=TUESDAY", /BYDAY is days/],
  ["FREQ=WEEKLY;BYDAY=1FR", /numbered days/],
  ["FREQ=MONTHLY;BYDAY=0FR", /BYDAY is days/],
  ["FREQ=WEEKLY;INTERVAL=0", /INTERVAL is a number/],
  ["FREQ=MONTHLY;BYMONTHDAY=32", /BYMONTHDAY is/],
  ["FREQ=WEEKLY;BYMONTHDAY=1", /does not go with WEEKLY/],
  ["FREQ=MONTHLY;BYWEEKNO=1", /YEARLY only/],
  ["FREQ=MONTHLY;BYYEARDAY=1", /BYYEARDAY/],
  ["FREQ=MONTHLY;BYSETPOS=1", /needs another/],
  ["FREQ=DAILY;COUNT=1;UNTIL=20260101", /exclude each other/],
  ["FREQ=DAILY;UNTIL=20260231", /UNTIL is a day/],
  ["FREQ=DAILY;BYHOUR=24", /hours from 0 to 23/],
];

describe("ruleFault", () => {
  for (const rule of GOOD) {
    it(`takes ${rule}, as the library that counts it out does`, () => {
      assert.equal(ruleFault(rule), null);
      const ics = `DTSTART;TZID=Europe/Berlin:20260106T100000\nRRULE:${rule}`;
      assert.ok(new RRuleTemporal({ rruleString: ics }).next() !== undefined);
    });
  }

  for (const [rule, fault] of BAD) {
    it(`refuses ${rule === "" ? "an empty rule" : rule}`, () => {
      assert.match(ruleFault(rule) ?? "", fault);
    });
  }
});
