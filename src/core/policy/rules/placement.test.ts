import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { fakePolicy } from "../policy.fake.ts";
import { placement } from "./placement.ts";

const found = (step: object) =>
  placement(fakePolicy((text) => (text.phases.checks.steps = [step]))).map(({ path }) =>
    path.join("."),
  );

describe("placement: a step that works in an environment stands in a phase that has one", () => {
  for (const step of [
    { deploy: {} },
    { shift: { weights: ["1 %"] } },
    { warm: {} },
    { verify: {} },
    { promote: {} },
    { retire: {} },
    { smoke: { paths: ["/"] } },
  ]) {
    const [kind = ""] = Object.keys(step);
    it(`finds ${kind} without one`, () => {
      assert.deepEqual(found(step), [`phases.checks.steps.0.${kind}`]);
    });
  }

  it("lets a smoke test by command, a tag and a command stand anywhere", () => {
    for (const step of [{ smoke: { run: ["x"] } }, { tag: {} }, { run: { run: ["x"] } }])
      assert.deepEqual(found(step), []);
  });
});
