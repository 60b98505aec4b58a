import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { fakePolicy, type Loose } from "./policy.fake.ts";
import { calendarOf, openingsOf, tenYears, timesInTenYears } from "./ten-years.ts";

const windows = (all: Loose) => fakePolicy((text) => Object.assign(text.calendar.windows, all));
const at = (text: string) => Temporal.Instant.from(text).epochMilliseconds;

test("ten years begin with the latest first opening, or where they are said to", () => {
  const policy = windows({ late: { rule: "FREQ=DAILY", from: "2027-05-01T10:00", for: "1 h" } });
  assert.equal(tenYears(policy).from, at("2027-05-01T10:00Z"));
  assert.equal(tenYears(policy, 5).from, 5);
  assert.equal(
    tenYears(fakePolicy((text) => (text.calendar.windows = {}))).from,
    at("2026-01-01T00:00Z"),
  );
});

test("what cannot be read is left out, and an unknown window never opens", () => {
  const policy = windows({
    bad: { rule: "FREQ=SOMETIMES", from: "2026-01-06T10:00", for: "1 h" },
    nowhere: { rule: "FREQ=DAILY", from: "2026-01-06T10:00", for: "1 h", zone: "Mars/Olympus" },
  });
  const calendar = calendarOf(policy);
  assert.deepEqual(Object.keys(calendar.windows), ["tuesday"]);
  assert.deepEqual(openingsOf(calendar, "bad", tenYears(policy)), []);
  assert.equal(openingsOf(calendar, "tuesday", tenYears(policy)).length, 522);
});

test("a rule never comes oftener than it is said to", () => {
  const days = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
  const some = fc.subarray(days, { minLength: 1 }).map((list) => list.join(","));
  const rule = fc.oneof(
    fc.integer({ min: 1, max: 9 }).map((every) => `FREQ=DAILY;INTERVAL=${every};BYHOUR=8,20`),
    fc
      .tuple(some, fc.integer({ min: 1, max: 4 }))
      .map(([on, n]) => `FREQ=WEEKLY;INTERVAL=${n};BYDAY=${on}`),
    some.map((on) => `FREQ=MONTHLY;BYDAY=${on}`),
    fc.constantFrom(
      "FREQ=MONTHLY;BYMONTHDAY=1,15,-1",
      "FREQ=MONTHLY;BYDAY=1FR,3FR",
      "FREQ=YEARLY",
      "FREQ=YEARLY;BYMONTH=12;BYDAY=FR",
    ),
  );
  fc.assert(
    fc.property(rule, (text) => {
      const policy = windows({ one: { rule: text, from: "2026-01-01T08:00", for: "1 h" } });
      const count = openingsOf(calendarOf(policy), "one", tenYears(policy)).length;
      assert.ok(count <= timesInTenYears(text), `${text}: ${count}`);
    }),
    { numRuns: 40, seed: 4 },
  );
});
