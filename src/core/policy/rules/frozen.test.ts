import assert from "node:assert/strict";
import { test } from "node:test";
import { fakePolicy, type Loose } from "../policy.fake.ts";
import { frozen } from "./frozen.ts";

const found = (change: (text: Loose) => void) => frozen(fakePolicy(change));

const cadence = (rule: string, except: string[]) =>
  found((text) => {
    text.calendar.windows.tuesday.rule = rule;
    text.types.patch.cadence = ["tuesday"];
    const freeze = { rule: "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=20", from: "2026-12-20T00:00" };
    text.calendar.freezes = { end: { ...freeze, for: "14 d", except, reason: "end" } };
  });

test("a regular day that comes seldom and is lost to a freeze is noted, with the first one", () => {
  const [note] = cadence("FREQ=MONTHLY;BYDAY=-1TU", []);
  assert.deepEqual(note?.path, ["types", "patch", "cadence", 0]);
  assert.equal(note?.severity, "note");
  assert.match(note?.counterexample ?? "", /Tue 2026-12-29/);
});

test("weekly days, and types that may pass, are left alone", () => {
  assert.deepEqual(cadence("FREQ=WEEKLY;BYDAY=TU", []), []);
  assert.deepEqual(cadence("FREQ=MONTHLY;BYDAY=-1TU", ["patch"]), []);
});

test("a freeze that stops work is noted where work of a regular day may still be under way", () => {
  const monday = { rule: "FREQ=WEEKLY;BYDAY=MO", from: "2026-01-05T10:00", for: "6 h" };
  const stopping = (at: string, more: Loose = {}) =>
    found((text) => {
      text.calendar.windows.tuesday = monday;
      text.types.patch.cadence = ["tuesday"];
      const freeze = { from: `2026-12-21T${at}`, to: "2027-01-04T00:00", reason: "holidays" };
      text.calendar.freezes = { end: { ...freeze, running: "retreat", ...more } };
    });
  const [note, ...rest] = stopping("16:05");
  assert.deepEqual(rest, []);
  assert.deepEqual(note?.path, ["calendar", "freezes", "end", "running"]);
  assert.match(note?.sentence ?? "", /at work, 1 time in ten years: its traffic goes back/);
  assert.match(
    note?.counterexample ?? "",
    /on Mon 2026-12-21 16:00 .* begins on Mon 2026-12-21 16:05/,
  );
  assert.deepEqual(stopping("23:00"), []);
  assert.deepEqual(stopping("16:05", { running: "finish" }), []);
  assert.equal(stopping("16:05", { running: "finish", kind: "blackout" }).length, 1);
});
