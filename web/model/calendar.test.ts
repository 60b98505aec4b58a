import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { AgendaEntry } from "#core/reports/agenda.ts";
import { collisionsOf, dateIn, monthsOf } from "./calendar.ts";

const HOUR = 3_600_000;
const entry = (
  uid: string,
  from: string,
  hours: number | null,
  kind: AgendaEntry["kind"] = "window",
): AgendaEntry => ({
  ...{ uid, kind, title: uid, note: "", from: Date.parse(from) },
  to: hours === null ? null : Date.parse(from) + hours * HOUR,
});

test("a month is whole weeks from Monday, and an entry stands on each of its days in the zone", () => {
  const entries = [
    entry("late", "2026-11-02T23:30:00Z", 2),
    entry("freeze", "2026-11-28T00:00:00+01:00", 72, "freeze"),
    entry("zero", "2026-11-10T10:00:00Z", null, "release"),
  ];
  const from = Date.parse("2026-11-20T12:00:00Z");
  const [november, december] = monthsOf(entries, { from, count: 2, zone: "Europe/Berlin" });
  assert.equal(november?.name, "November 2026");
  assert.equal(december?.key, "2026-12");
  assert.deepEqual(
    november?.weeks.map((week) => week[0]?.number),
    [26, 2, 9, 16, 23, 30],
  );
  const on = (uid: string) =>
    (november?.weeks ?? [])
      .flat()
      .filter((day) => day.isOfMonth && day.entries.some((one) => one.uid === uid))
      .map(({ number }) => number);
  assert.deepEqual(on("late"), [3], "in Berlin it is the day after");
  assert.deepEqual(on("freeze"), [28, 29, 30], "what ends at midnight is not on the next day");
  assert.deepEqual(on("zero"), [10]);
});

test("every day of every month stands in its month exactly once", () => {
  fc.assert(
    fc.property(fc.date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true }), (date) => {
      const [month] = monthsOf([], { from: date.getTime(), count: 1, zone: "UTC" });
      const own = (month?.weeks ?? []).flat().filter(({ isOfMonth }) => isOfMonth);
      const length = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0));
      assert.deepEqual(
        own.map(({ number }) => number),
        Array.from({ length: length.getUTCDate() }, (_, at) => at + 1),
      );
      assert.ok(month?.weeks.every((week) => week.length === 7));
      assert.ok(own.some(({ date: day }) => day === dateIn("UTC", date.getTime())));
    }),
  );
});

test("a window in a freeze and windows at one time are marked; what only touches is not", () => {
  const found = collisionsOf([
    entry("patch", "2026-11-03T10:00:00Z", 6),
    entry("minor", "2026-11-03T14:00:00Z", 6),
    entry("later", "2026-11-03T20:00:00Z", 1),
    entry("holidays", "2026-12-20T00:00:00Z", 240, "freeze"),
    entry("major", "2026-12-21T10:00:00Z", 6),
    entry("go", "2026-12-22T10:00:00Z", null, "release"),
  ]);
  assert.equal(found.get("patch"), "at the time of minor");
  assert.equal(found.get("minor"), "at the time of patch");
  assert.equal(found.get("later"), undefined);
  assert.equal(found.get("major"), "in holidays");
  assert.equal(found.get("go"), "in holidays");
  assert.equal(found.get("holidays"), undefined);
});
