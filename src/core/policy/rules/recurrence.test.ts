import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { fakePolicy } from "../policy.fake.ts";
import { recurrence } from "./recurrence.ts";

const ofWindow = (change: object) =>
  recurrence(fakePolicy((text) => Object.assign(text.calendar.windows.tuesday, change)));
const ofFreeze = (freeze: object) =>
  recurrence(fakePolicy((text) => (text.calendar.freezes = { f: { reason: "r", ...freeze } })));

describe("recurrence: every window and freeze says clearly when it comes", () => {
  it("finds a bad rule and says what is bad about it", () => {
    const [found] = ofWindow({ rule: "FREQ=WEEKLY;BYDAY=TUE" });
    assert.deepEqual(found?.path, ["calendar", "windows", "tuesday", "rule"]);
    assert.match(found?.sentence ?? "", /BYDAY is days such as TU/);
  });

  it("finds times that no calendar has", () => {
    assert.equal(ofWindow({ from: "2026-02-30T10:00" }).length, 1);
    assert.equal(ofWindow({ from: "2026-02-03T25:00" }).length, 1);
    assert.deepEqual(ofWindow({ from: "2028-02-29T23:59" }), []);
  });

  it("wants a freeze to come once or again, not both and not neither", () => {
    const from = "2026-12-20T00:00";
    const to = "2027-01-03T00:00";
    const again = { rule: "FREQ=YEARLY", for: "14 d" };
    assert.deepEqual(ofFreeze({ from, to }), []);
    assert.deepEqual(ofFreeze({ from, ...again }), []);
    assert.equal(ofFreeze({ from }).length, 1);
    assert.equal(ofFreeze({ from, to, ...again }).length, 1);
    assert.equal(ofFreeze({ from, rule: "FREQ=YEARLY" }).length, 1);
  });

  it("finds a freeze that ends before it begins", () => {
    const [found] = ofFreeze({ from: "2026-12-20T00:00", to: "2026-12-20T00:00" });
    assert.match(found?.sentence ?? "", /ends before it begins/);
  });
});
