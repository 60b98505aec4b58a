import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { fakePolicy } from "../policy.fake.ts";
import { unused } from "./unused.ts";

describe("unused: what is said is used", () => {
  it("warns of what nothing refers to", () => {
    const policy = fakePolicy((text) => {
      text.gates.lint = { check: { run: ["npm", "run", "lint"] } };
      text.phases.extra = {};
      text.channels.extra = { console: {} };
      text.messages.extra = { title: "t" };
      text.calendar.windows.extra = { ...text.calendar.windows.tuesday };
      text.environments.extra = { local: {} };
    });
    const found = unused(policy);
    assert.deepEqual(found.map(({ path }) => path.join(".")).sort(), [
      "calendar.windows.extra",
      "channels.extra",
      "environments.extra",
      "gates.lint",
      "messages.extra",
      "phases.extra",
    ]);
    assert.ok(found.every(({ severity, part }) => severity === "warning" && part === "key"));
  });

  it("counts a channel that only `tell` uses", () => {
    const policy = fakePolicy((text) => {
      text.channels.pager = { console: {} };
      text.tell = [{ on: "held", channel: "pager", message: "shipped" }];
    });
    assert.deepEqual(unused(policy), []);
  });
});
