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

test("windows that stay open past midnight meet those of the next day", () => {
  const late = { rule: "FREQ=WEEKLY;BYDAY=TH", from: "2026-01-01T22:00", for: "6 h" };
  const early = { rule: "FREQ=MONTHLY;BYDAY=1FR", from: "2026-01-02T03:00", for: "2 h" };
  const at = (first: Loose) =>
    both((text) => {
      text.calendar.windows.weekly = late;
      text.calendar.windows.first = first;
    });
  const [wrong] = at(early);
  assert.match(wrong?.sentence ?? "", /are open at one time 12\d times/);
  assert.match(
    wrong?.counterexample ?? "",
    /`first` opens on Fri .* 03:00.*`weekly` opens on Thu .* 22:00/,
  );
  assert.deepEqual(at({ ...early, from: "2026-01-02T05:00" }), []);
});

test("a type without a cadence goes in the windows of its gates, where those open seldom", () => {
  const gated = (rule: string) =>
    both((text) => {
      text.calendar.windows.first = { ...FIRST, rule };
      delete text.types.major.cadence;
      text.gates["first-friday"] = { window: { in: ["first"] } };
      text.phases.checks.gates.push("first-friday");
      text.types.patch.phases = ["staging"];
    });
  assert.match(gated(FIRST.rule)[0]?.sentence ?? "", /major and patch fall on the same day/);
  assert.deepEqual(gated("FREQ=DAILY"), [], "when people work is no regular day");
});

test("where both yield, nothing goes on the day they share", () => {
  const [wrong, ...rest] = both((text) => {
    text.types.patch.yields = ["major"];
    text.types.major.yields = ["patch"];
  });
  assert.deepEqual(rest, []);
  assert.equal(wrong?.severity, "warning");
  assert.match(
    wrong?.sentence ?? "",
    /on 120 regular days of patch and major .* nothing goes: each yields to another/,
  );
  assert.match(wrong?.counterexample ?? "", /Fri 2026-02-06/);
});

test("who yields to a type that a freeze holds loses the day, and nothing goes", () => {
  const freeze = { from: "2026-06-01T00:00", to: "2026-07-01T00:00", reason: "audit" };
  const [wrong] = both((text) => {
    text.types.patch.yields = ["major"];
    text.calendar.freezes = { audit: { ...freeze, except: ["patch"] } };
  });
  assert.match(
    wrong?.sentence ?? "",
    /on 1 regular day of patch .* it yields to major, which a freeze holds then/,
  );
  assert.match(wrong?.counterexample ?? "", /Fri 2026-06-05/);
});

test("who yields to a type without a cadence yields to nothing, and is told", () => {
  const [wrong] = found((text) => {
    text.types.hotfix = { bumps: ["patch"], phases: ["checks"] };
    text.types.patch.yields = ["hotfix"];
  });
  assert.deepEqual(wrong?.path, ["types", "patch", "yields", 0]);
  assert.match(wrong?.sentence ?? "", /hotfix, which has no cadence/);
});

test("two types that wait for one window, neither regularly, do not collide", () => {
  const both = found((text) => {
    text.types.hotfix = { bumps: ["patch"], phases: ["checks", "staging", "production"] };
  });
  assert.deepEqual(both, []);
});
