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
