import assert from "node:assert/strict";
import { test } from "node:test";
import { fakePolicy } from "./policy.fake.ts";
import { askedBy } from "./slots.ts";
import { calendarOf } from "./ten-years.ts";

test("a type asks for its cadence and for each gate of a window; without `in` that is the cadence", () => {
  const policy = fakePolicy((text) => {
    text.types.patch.cadence = ["tuesday"];
    text.gates.tuesday.window = {};
    text.types.minor = { bumps: ["minor"], phases: ["production"], yields: ["patch"] };
  });
  const calendar = calendarOf(policy);
  const [cadence, gate, ...rest] = askedBy(policy, calendar, "patch");
  assert.deepEqual(cadence?.path, ["types", "patch", "cadence"]);
  assert.deepEqual(gate?.wanted.windows, ["tuesday"]);
  assert.deepEqual(rest, []);
  const [minor] = askedBy(policy, calendar, "minor");
  assert.deepEqual(minor?.wanted.yields, ["tuesday"]);
  assert.notEqual(minor?.key, gate?.key);
});

test("windows that are not there are another rule's", () => {
  const policy = fakePolicy((text) => (text.gates.tuesday.window.in = ["nowhere"]));
  assert.deepEqual(askedBy(policy, calendarOf(policy), "patch"), []);
});
