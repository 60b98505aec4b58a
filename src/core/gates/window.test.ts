import assert from "node:assert/strict";
import { test } from "node:test";
import { HOUR } from "../base/time.ts";
import type { Calendar } from "../calendar/calendar.ts";
import { context, known } from "./given.fake.ts";
import { window } from "./window.ts";

const calendar: Calendar = {
  windows: {
    monday: { rule: "FREQ=WEEKLY;BYDAY=MO", from: "2026-01-05T09:00", for: HOUR, zone: "UTC" },
    tuesday: {
      rule: "FREQ=WEEKLY;BYDAY=TU",
      from: "2026-01-06T10:00",
      for: 2 * HOUR,
      zone: "America/New_York",
    },
  },
  freezes: {
    holidays: {
      from: "2026-12-20T00:00",
      to: "2027-01-04T00:00",
      zone: "UTC",
      reason: "nobody is there",
      except: ["hotfix"],
    },
  },
};
const judged = (at: string, config: { in?: string[]; freezes?: boolean } = {}, type = "patch") =>
  window.judge(window.shape.parse({ in: ["tuesday"], ...config }), known({ now: Date.parse(at) }), {
    ...context,
    calendar,
    type,
  });

test("it asks nobody: the clock and the calendar answer", () => {
  assert.equal(window.ask(window.shape.parse({}), context), null);
});

test("it passes while its window is open, and is looked at again when that shuts", () => {
  const verdict = judged("2026-11-24T15:30Z");
  assert.equal(verdict.verdict, "pass");
  assert.equal(verdict.until, Date.parse("2026-11-24T17:00Z"));
});

test("it is pending while the window is shut, says the next opening in the window's own zone, and is looked at then", () => {
  const verdict = judged("2026-11-24T17:00Z");
  assert.equal(verdict.verdict, "pending");
  assert.equal(verdict.until, Date.parse("2026-12-01T15:00Z"));
  assert.match(verdict.reason, /the next opening is Tue 2026-12-01 10:00 America\/New_York/);
  assert.deepEqual(verdict.lift, ["the clock, at Tue 2026-12-01 10:00 America/New_York"]);
});

test("a freeze shuts an open window, with its reason, but for the release types it excepts", () => {
  const verdict = judged("2026-12-22T15:30Z");
  assert.equal(verdict.verdict, "pending");
  assert.match(verdict.reason, /nobody is there/);
  assert.equal(judged("2026-12-22T15:30Z", {}, "hotfix").verdict, "pass");
  assert.equal(judged("2026-12-22T15:30Z", { freezes: false }).verdict, "pass");
});

test("any of its windows will do; without one it passes at any time that is not frozen", () => {
  assert.equal(judged("2026-11-23T09:30Z", { in: ["monday", "tuesday"] }).verdict, "pass");
  assert.equal(judged("2026-11-22T03:00Z", { in: [] }).verdict, "pass");
});

test("a window that never opens is said to need another calendar", () => {
  const verdict = judged("2026-11-24T17:00Z", { in: ["unknown"] });
  assert.equal(verdict.verdict, "pending");
  assert.equal(verdict.until, undefined);
  assert.match(verdict.reason, /no window opens within 400 days/);
});
