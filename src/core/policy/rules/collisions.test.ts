import assert from "node:assert/strict";
import { test } from "node:test";
import { fakePolicy, type Loose } from "../policy.fake.ts";
import { collisions } from "./collisions.ts";

const found = (change: (text: Loose) => void) => collisions(fakePolicy(change));

const WEEKLY = { rule: "FREQ=WEEKLY;BYDAY=FR", from: "2026-01-02T10:00", for: "4 h" };
const FIRST = { rule: "FREQ=MONTHLY;BYDAY=1FR", from: "2026-01-02T12:00", for: "4 h" };
const both = (change: (text: Loose) => void = () => {}) =>
  found((text) => {
    text.calendar.windows = {
      tuesday: text.calendar.windows.tuesday,
      weekly: WEEKLY,
      first: FIRST,
    };
    text.types.patch.cadence = ["weekly"];
    text.types.major = { bumps: ["major"], phases: ["checks"], cadence: ["first"] };
    change(text);
  });

test("two cadences on one day are found with the first day of the ten years and their number", () => {
  const [wrong, ...rest] = both();
  assert.deepEqual(wrong?.path, ["types", "major", "cadence"]);
  assert.match(wrong?.sentence ?? "", /major and patch fall on the same day 120 times/);
  assert.match(wrong?.counterexample ?? "", /`first` opens on Fri 2026-02-06 12:00 UTC/);
  assert.deepEqual(rest, []);
});

test("the ten years may begin at a given moment", () => {
  const policy = fakePolicy((text) => {
    text.calendar.windows = {
      tuesday: text.calendar.windows.tuesday,
      weekly: WEEKLY,
      first: FIRST,
    };
    text.types.patch.cadence = ["weekly"];
    text.types.major = { bumps: ["major"], phases: ["checks"], cadence: ["first"] };
  });
  const [wrong] = collisions(policy, Temporal.Instant.from("2027-03-01T00:00Z").epochMilliseconds);
  assert.match(wrong?.counterexample ?? "", /Fri 2027-03-05/);
});

test("whoever yields ends it, on either side", () => {
  assert.deepEqual(
    both((text) => (text.types.patch.yields = ["major"])),
    [],
  );
  assert.deepEqual(
    both((text) => (text.types.major.yields = ["patch"])),
    [],
  );
});

test("different days do not collide, nor do days that a freeze takes from one of them", () => {
  assert.deepEqual(
    both(
      (text) =>
        (text.calendar.windows.first = {
          ...FIRST,
          rule: "FREQ=MONTHLY;BYDAY=1TH",
          from: "2026-01-01T12:00",
        }),
    ),
    [],
  );
  const frozen = both((text) => {
    text.calendar.windows.first = {
      ...FIRST,
      rule: "FREQ=YEARLY;BYMONTH=12;BYDAY=-1FR",
      from: "2026-12-25T12:00",
    };
    const freeze = { rule: "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=20", from: "2026-12-20T00:00" };
    text.calendar.freezes = { end: { ...freeze, for: "14 d", except: ["major"], reason: "end" } };
  });
  assert.deepEqual(frozen, []);
});
