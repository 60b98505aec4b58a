import assert from "node:assert/strict";
import { test } from "node:test";
import { fakePolicy, type Loose } from "../policy.fake.ts";
import { waiting } from "./waiting.ts";

const found = (within: string, change: (text: Loose) => void = () => {}) =>
  waiting(
    fakePolicy((text) => {
      text.types.patch.clocks = { out: { from: "merge", phase: "production", within } };
      change(text);
    }),
  );

test("a clock that runs out while the window is shut is found, with the longest such time", () => {
  const [wrong] = found("3 d");
  assert.deepEqual(wrong?.path, ["types", "patch", "clocks", "out", "within"]);
  assert.match(wrong?.sentence ?? "", /runs out after 3 d, and `tuesday` may be shut for 6 d 18 h/);
  assert.match(
    wrong?.counterexample ?? "",
    /^what is merged on Tue 2026-.* 16:00 UTC waits until Tue 2026-.* 10:00/,
  );
});

test("a change of clocks counts: the longest night is the one that it makes longer", () => {
  const night = found("15 h", (text) => {
    text.zone = "America/New_York";
    text.calendar.windows.tuesday = { rule: "FREQ=DAILY", from: "2026-01-06T00:00", for: "8 h" };
  });
  assert.match(night[0]?.sentence ?? "", /may be shut for 17 h/);
});

test("long clocks, clocks from T-0, gates after its end, and freezes are left alone", () => {
  assert.deepEqual(found("7 d"), []);
  assert.deepEqual(
    found("1 h", (text) => (text.types.patch.clocks.out.from = "zero")),
    [],
  );
  assert.deepEqual(
    found("1 h", (text) => (text.types.patch.clocks.out.phase = "staging")),
    [],
  );
  const freeze = { from: "2026-12-20T00:00", to: "2027-01-10T00:00", reason: "holidays" };
  assert.deepEqual(
    found("7 d", (text) => (text.calendar.freezes = { end: freeze })),
    [],
  );
});
