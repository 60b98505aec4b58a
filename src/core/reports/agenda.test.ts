import assert from "node:assert/strict";
import { test } from "node:test";
import { DAY } from "../base/time.ts";
import { fakePolicy } from "../policy/policy.fake.ts";
import { agenda } from "./agenda.ts";

const policy = fakePolicy((text) => {
  const friday = { from: "2026-01-02T10:00", for: "4 h" };
  text.calendar.windows.weekly = { ...friday, rule: "FREQ=WEEKLY;BYDAY=FR" };
  text.calendar.windows.first = { ...friday, rule: "FREQ=MONTHLY;BYDAY=1FR" };
  text.calendar.freezes = {
    audit: { from: "2026-03-09T00:00", to: "2026-03-16T00:00", reason: "audit", except: ["major"] },
  };
  text.types.patch.cadence = ["weekly"];
  text.types.patch.yields = ["major"];
  text.types.major = { bumps: ["major"], phases: ["checks"], cadence: ["first"] };
});
const from = Date.parse("2026-03-01T00:00Z");
const notes = agenda(policy, [], { from, to: from + 21 * DAY })
  .filter(({ uid }) => uid.startsWith("window-weekly"))
  .map(({ note }) => note);

test("a window that opens on another type's day, or in a freeze, says that its type does not go", () => {
  assert.equal(notes.length, 3);
  assert.equal(notes[0], 'Not for patch: the day belongs to "first".');
  assert.match(
    notes[1] ?? "",
    /^Not for patch: freeze "audit" \(audit\) lasts until Mon 2026-03-16/,
  );
  assert.equal(notes[2], "");
});
