import assert from "node:assert/strict";
import { test } from "node:test";
import { fakePolicy, type Loose } from "../policy.fake.ts";
import { occupied } from "./occupied.ts";

/** Patches on Tuesdays, majors on the first Wednesday; both have production for themselves. */
const found = (change: (text: Loose) => void) =>
  occupied(
    fakePolicy((text) => {
      text.calendar.windows.wednesday = {
        rule: "FREQ=MONTHLY;BYDAY=1WE",
        from: "2026-01-07T10:00",
        for: "4 h",
      };
      text.gates.alone = { exclusive: { environment: "production" } };
      text.phases.production.gates = ["alone"];
      text.phases.watching = { environment: "production", steps: [{ watch: { for: "2 h" } }] };
      const phases = ["checks", "staging", "production", "watching"];
      text.types.patch = { bumps: ["patch"], phases, cadence: ["tuesday"] };
      text.types.major = { bumps: ["major"], phases, cadence: ["wednesday"] };
      change(text);
    }),
  );
const watching = (time: string) => (text: Loose) =>
  (text.phases.watching.steps[0].watch.for = time);

test("a watch that outlasts the regular window of another type is found, with the first one lost", () => {
  const wrong = found(watching("30 h"));
  assert.deepEqual(
    wrong.map(({ path }) => path.join(".")),
    ["types.patch.phases.2"],
  );
  assert.equal(wrong[0]?.severity, "warning");
  assert.match(
    wrong[0]?.sentence ?? "",
    /`production` for itself for 1 d 6 h, .* 120 regular days of major/,
  );
  assert.match(
    wrong[0]?.counterexample ?? "",
    /^one that begins on Tue 2026-02-03 10:00 UTC ends by Wed .* `wednesday` is open from Wed 2026-02-04 10:00/,
  );
});

test("a watch that outlasts the next window of its own type is found, too", () => {
  const wrong = found(watching("8 d"));
  assert.ok(wrong.some(({ sentence }) => /days of the next of its type/.test(sentence)));
});

test("who is done in time, or has no environment for itself, is left alone", () => {
  assert.deepEqual(found(watching("20 h")), []);
  const shared = found((text) => {
    watching("30 h")(text);
    text.phases.production.gates = [];
  });
  assert.deepEqual(shared, []);
});
