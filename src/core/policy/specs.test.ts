import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { MINUTE, SECOND } from "../base/time.ts";
import { fakePolicy } from "./policy.fake.ts";
import { gateSpec, plannedSteps, stepSpec } from "./specs.ts";

describe("specs", () => {
  const policy = fakePolicy();

  it("tell the one kind of a gate or a step, and what it was told", () => {
    const { tests } = policy.gates;
    assert.ok(tests !== undefined);
    const config = { run: ["npm", "test"], timeout: 10 * MINUTE, env: [], require: {}, exits: [0] };
    assert.deepEqual(gateSpec(tests), { kind: "check", config });
    const [smoke] = policy.phases["staging"]?.steps.slice(1) ?? [];
    assert.ok(smoke !== undefined);
    assert.deepEqual(stepSpec(smoke), {
      kind: "smoke",
      config: { paths: ["/health"], times: 1, every: 5 * SECOND, within: MINUTE, of: "canary" },
      retries: 0,
    });
  });

  it("of a policy that was never read are told as a bug", () => {
    assert.throws(() => stepSpec({ retries: 0 }), /never read/);
  });

  it("list the steps of a release type in order, with phase, number and environment", () => {
    const steps = plannedSteps(policy, "patch");
    assert.deepEqual(
      steps
        .slice(2, 5)
        .map(({ kind, phase, index, environment }) => [kind, phase, index, environment]),
      [
        ["promote", "staging", 2, "staging"],
        ["migrate", "production", 0, "production"],
        ["deploy", "production", 1, "production"],
      ],
    );
    assert.deepEqual(plannedSteps(policy, "nothing"), []);
  });
});
