import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { fakePolicy } from "../policy.fake.ts";
import { exposure } from "./exposure.ts";

describe("exposure: whoever sends traffic to a new version says what makes it turn back", () => {
  it("warns of a shift without any trigger", () => {
    const [found] = exposure(fakePolicy((text) => delete text.rollback.on));
    assert.equal(found?.severity, "warning");
    assert.deepEqual(found?.path, ["rollback", "on"]);
  });

  it("finds nothing where there is a trigger, or no shift", () => {
    assert.deepEqual(exposure(fakePolicy()), []);
    const calm = fakePolicy((text) => {
      delete text.rollback.on;
      text.phases.production.steps = [];
    });
    assert.deepEqual(exposure(calm), []);
  });
});
