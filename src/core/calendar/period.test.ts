import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { DAY, HOUR } from "../base/time.ts";
import { PERIODS, periodAt } from "./period.ts";

const at = (text: string) => Date.parse(text);
const ZONES = ["UTC", "America/New_York", "Europe/Berlin", "Australia/Lord_Howe"] as const;
const moment = fc.integer({ min: at("2024-01-01T00:00Z"), max: at("2034-01-01T00:00Z") });

test("a moment lies in its period, and the end of a period is the beginning of the next", () => {
  fc.assert(
    fc.property(
      moment,
      fc.constantFrom(...PERIODS),
      fc.constantFrom(...ZONES),
      (now, per, zone) => {
        const period = periodAt(per, now, zone);
        assert.ok(period.from <= now && now < period.to);
        assert.equal(periodAt(per, period.to, zone).from, period.to);
        assert.equal(periodAt(per, period.to - 1, zone).name, period.name);
        assert.notEqual(periodAt(per, period.to, zone).name, period.name);
      },
    ),
  );
});

test("weeks begin on Monday and are named as ISO 8601 does, also across a year's end", () => {
  const week = periodAt("week", at("2027-01-02T12:00Z"), "UTC");
  assert.deepEqual([week.name, week.from], ["2026-W53", at("2026-12-28T00:00Z")]);
});

test("a week in which the clocks change is an hour shorter or longer than others", () => {
  const length = (day: string) => {
    const { from, to } = periodAt("week", at(`${day}T12:00Z`), "America/New_York");
    return to - from - 7 * DAY;
  };
  assert.deepEqual(["2026-03-05", "2026-10-28", "2026-06-03"].map(length), [-HOUR, HOUR, 0]);
});

test("February has its leap day, and quarters begin in January, April, July and October", () => {
  const { from, to, name } = periodAt("month", at("2028-02-29T12:00Z"), "UTC");
  assert.deepEqual([name, to - from], ["2028-02", 29 * DAY]);
  const quarter = periodAt("quarter", at("2028-02-29T12:00Z"), "UTC");
  assert.deepEqual([quarter.name, quarter.to - quarter.from], ["2028-Q1", 91 * DAY]);
});
