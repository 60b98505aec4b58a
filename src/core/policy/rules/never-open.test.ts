import assert from "node:assert/strict";
import { test } from "node:test";
import { fakePolicy, type Loose } from "../policy.fake.ts";
import { neverOpen } from "./never-open.ts";

const found = (change: (text: Loose) => void) => neverOpen(fakePolicy(change));

const THURSDAY = { rule: "FREQ=WEEKLY;BYDAY=TH", from: "2026-01-08T14:00", for: "2 h" };

test("gates whose windows are never open together hold every release", () => {
  const [never, ...rest] = found((text) => {
    text.calendar.windows.thursday = THURSDAY;
    text.gates.thursday = { window: { in: ["thursday"] } };
    text.phases.checks.gates = ["thursday"];
  });
  assert.deepEqual(never?.path, ["gates", "tuesday", "window"]);
  assert.match(never?.sentence ?? "", /`thursday` and `tuesday` are never open at the same time/);
  assert.equal(
    never?.counterexample,
    "on Thu 2026-01-08 14:00 UTC `thursday` opens, and `tuesday` opens only on Tue 2026-01-13 10:00 UTC",
  );
  assert.deepEqual(rest, []);
});

test("a window that a freeze always shuts is never found open", () => {
  const [never] = found((text) => {
    text.calendar.windows.tuesday = {
      rule: "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24",
      from: "2026-12-24T10:00",
      for: "2 h",
    };
    const freeze = { rule: "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=20", from: "2026-12-20T00:00" };
    text.calendar.freezes = { end: { ...freeze, for: "14 d", reason: "end" } };
  });
  assert.match(never?.sentence ?? "", /ever finds `tuesday` open/);
});

test("a common hour in ten years is enough, and so is one of several windows", () => {
  const share = (from: string) =>
    found((text) => {
      text.calendar.windows.thursday = { ...THURSDAY, rule: "FREQ=DAILY", from };
      text.gates.thursday = { window: { in: ["thursday"] } };
      text.phases.checks.gates = ["thursday"];
    });
  assert.deepEqual(share("2026-01-08T14:00"), []);
  assert.equal(share("2026-01-08T16:00").length, 1);
  const either = found((text) => {
    text.calendar.windows.thursday = THURSDAY;
    text.gates.tuesday.window.in = ["tuesday", "thursday"];
  });
  assert.deepEqual(either, []);
});
