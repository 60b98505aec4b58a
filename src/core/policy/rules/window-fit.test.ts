import assert from "node:assert/strict";
import { test } from "node:test";
import { fakePolicy, type Loose } from "../policy.fake.ts";
import { windowFit } from "./window-fit.ts";

const found = (change: (text: Loose) => void) => windowFit(fakePolicy(change));

test("work that begins in a window ends in it", () => {
  const open = (length: string) =>
    found((text) => {
      text.calendar.windows.tuesday.for = length;
      text.phases.production.longest = "2 h";
    });
  assert.deepEqual(open("2 h"), []);
  const [long] = open("90 min");
  assert.deepEqual(long?.path, ["calendar", "windows", "tuesday", "for"]);
  assert.match(long?.counterexample ?? "", /may end 30 min after it has shut/);
});
