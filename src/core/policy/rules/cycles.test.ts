import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { fakePolicy } from "../policy.fake.ts";
import { cycles } from "./cycles.ts";

const ofPhases = (after: Record<string, string[]>) =>
  cycles(
    fakePolicy((text) => {
      text.phases = Object.fromEntries(
        Object.entries(after).map(([name, before]) => [name, { after: before }]),
      );
    }),
  );

describe("cycles: what comes after itself never comes", () => {
  it("names the circle of phases", () => {
    const [found, ...rest] = ofPhases({ a: ["c"], b: ["a"], c: ["b"], d: ["a"] });
    assert.match(found?.sentence ?? "", /in a circle: a after c after b after a/);
    assert.deepEqual(rest, []);
  });

  it("names each knot once, one that waits for itself too", () => {
    const found = ofPhases({ a: ["a"], b: ["c"], c: ["b"], d: ["b", "a"] });
    assert.deepEqual(
      found.map(({ path }) => path.join(".")),
      ["phases.a.after", "phases.b.after"],
    );
  });

  it("names the circle of environments", () => {
    const policy = fakePolicy((text) => (text.environments.staging.after = "production"));
    const [found] = cycles(policy);
    assert.equal(found?.path[0], "environments");
    assert.match(found?.sentence ?? "", /staging after production after staging/);
  });

  it("finds none where everything comes after earlier names only, however tangled", () => {
    const tangle = fc.array(fc.array(fc.nat(30), { maxLength: 5 }), { maxLength: 30 });
    fc.assert(
      fc.property(tangle, (befores) => {
        const after = befores.map((all, index) => [
          `p${index}`,
          all.filter((other) => other < index).map((other) => `p${other}`),
        ]);
        assert.deepEqual(ofPhases(Object.fromEntries(after)), []);
      }),
      { numRuns: 50 },
    );
  });
});
