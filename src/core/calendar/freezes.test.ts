import assert from "node:assert/strict";
import { test } from "node:test";
import { DAY, HOUR } from "../base/time.ts";
import type { Calendar, Freeze, Window } from "./calendar.ts";
import { blackoutAt, freezesAt, nextFreezeChange } from "./freezes.ts";
import { nextOpening, openAt } from "./openings.ts";

const at = (text: string) => Date.parse(text);
const audit: Freeze = {
  from: "2026-03-02T00:00",
  to: "2026-03-04T00:00",
  zone: "UTC",
  reason: "audit",
  except: ["hotfix"],
};
const window: Window = {
  rule: "FREQ=DAILY",
  from: "2026-01-01T10:00",
  for: 2 * HOUR,
  zone: "UTC",
};
const calendar = (freeze: Freeze, more: Partial<Window> = {}): Calendar => ({
  windows: { daily: { ...window, ...more } },
  freezes: { audit: freeze },
});
const NOW = at("2026-03-03T10:30Z");
const daily = { windows: ["daily"], freezes: true, type: "hotfix" };

test("a freeze leaves out the types that it excepts; a blackout nobody", () => {
  const black = { ...audit, kind: "blackout" } as const;
  assert.deepEqual(freezesAt(calendar(audit), "hotfix", NOW), []);
  assert.equal(freezesAt(calendar(black), "hotfix", NOW)[0]?.until, at("2026-03-04T00:00Z"));
  assert.equal(blackoutAt(calendar(audit), NOW), null);
  assert.equal(blackoutAt(calendar(black), NOW)?.name, "audit");
  assert.equal(openAt(calendar(audit), daily, NOW).open, true);
  assert.equal(openAt(calendar(black), { ...daily, freezes: false }, NOW).open, false);
});

test("only freezes that stop running work change anything for it, near or far", () => {
  const paused = { ...audit, running: "pause" } as const;
  const next = (freeze: Freeze, type: string, now: number) =>
    nextFreezeChange(calendar(freeze), type, now);
  assert.equal(next(audit, "patch", NOW), Number.POSITIVE_INFINITY);
  assert.equal(next(paused, "hotfix", NOW), Number.POSITIVE_INFINITY);
  assert.equal(next(paused, "patch", NOW), at("2026-03-04T00:00Z"));
  assert.equal(next(paused, "patch", NOW - 300 * DAY), at("2026-03-02T00:00Z"));
});

test("work that must end in its window begins only as long as it can: to the millisecond", () => {
  const strict = calendar(audit, { longest: HOUR });
  const open = (text: string, work: number) => openAt(strict, { ...daily, work }, at(text)).open;
  assert.equal(open("2026-03-03T11:00Z", HOUR), true);
  assert.equal(open("2026-03-03T11:00:00.001Z", HOUR), false);
  assert.equal(open("2026-03-03T11:59:59Z", 0), true);
  assert.equal(open("2026-03-03T10:00Z", HOUR + 1), false);
  assert.equal(nextOpening(strict, { ...daily, work: HOUR + 1 }, NOW, 400 * DAY), null);
  const late = openAt(strict, { ...daily, work: HOUR }, at("2026-03-03T11:30Z"));
  assert.match(late.why, /work of up to 1 h would not end inside window "daily"/);
});

test("a type yields the whole local day on which another's window opens, and has the day after", () => {
  const fridays: Window = {
    rule: "FREQ=WEEKLY;BYDAY=FR",
    from: "2026-01-02T10:00",
    for: 4 * HOUR,
    zone: "America/New_York",
  };
  const first: Window = { ...fridays, rule: "FREQ=MONTHLY;BYDAY=1FR" };
  const both: Calendar = { windows: { fridays, first }, freezes: {} };
  const wanted = { windows: ["fridays"], freezes: true, type: "minor", yields: ["first"] };
  assert.match(openAt(both, wanted, at("2026-11-06T15:00Z")).why, /the day belongs to "first"/);
  assert.equal(openAt(both, wanted, at("2026-11-13T15:00Z")).open, true);
  const next = nextOpening(both, wanted, at("2026-11-01T00:00Z"), 400 * DAY);
  assert.equal(next?.from, at("2026-11-13T15:00Z"));
});
