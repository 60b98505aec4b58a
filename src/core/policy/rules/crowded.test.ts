import assert from "node:assert/strict";
import { test } from "node:test";
import { fakePolicy, type Loose } from "../policy.fake.ts";
import { crowded } from "./crowded.ts";

const found = (change: (text: Loose) => void) =>
  crowded(
    fakePolicy((text) => {
      text.calendar.windows.tuesday.rule = "FREQ=WEEKLY;BYDAY=TU,WE,TH";
      text.gates.few = { limit: { most: 2, per: "week" } };
      text.phases.checks.gates.push("few");
      change(text);
    }),
  );

test("more regular days in a period than may be used are noted, with the first period", () => {
  const [note, ...rest] = found((text) => (text.types.patch.cadence = ["tuesday"]));
  assert.deepEqual(rest, []);
  assert.equal(note?.severity, "note");
  assert.deepEqual(note?.path, ["gates", "few", "limit", "most"]);
  assert.match(note?.counterexample ?? "", /^2026-W\d\d has 3; .*the one of Thu 2026-/);
  assert.deepEqual(
    found((text) => {
      text.types.patch.cadence = ["tuesday"];
      text.gates.few.limit.most = 3;
    }),
    [],
  );
});

test("a clock that runs out while a full period is waited for is noted, with its dates", () => {
  const clock = (within: string, more: Loose = {}) =>
    found((text) => {
      text.types.patch.clocks = { out: { from: "merge", phase: "production", within, ...more } };
    });
  const [note] = clock("24 h");
  assert.deepEqual(note?.path, ["types", "patch", "clocks", "out", "within"]);
  assert.match(note?.counterexample ?? "", /in the week from Mon .* waits until Mon /);
  assert.deepEqual(clock("7 d"), []);
  assert.deepEqual(clock("24 h", { from: "zero" }), []);
});
