import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { fakePolicy } from "../policy.fake.ts";
import { noReturn } from "./no-return.ts";

const found = (steps: object[]) =>
  noReturn(fakePolicy((text) => (text.phases.production.steps = steps)));
const contract = { migrate: { part: "contract", run: ["drop"] } };
const rollout = [{ deploy: {} }, { shift: { weights: ["100 %"] } }];

describe("no-return: what may still find the new version bad comes before the point of no return", () => {
  it("warns of a contracting migration before the rollout", () => {
    const [early] = found([contract, ...rollout]);
    assert.equal(early?.severity, "warning");
    assert.deepEqual(early?.path, ["phases", "production", "steps", 0, "migrate"]);
    assert.match(early?.sentence ?? "", /`deploy` and `shift` after it/);
  });

  it("warns of watching after promoting", () => {
    const [late] = found([...rollout, { promote: {} }, { watch: { for: "1 h" } }]);
    assert.match(late?.sentence ?? "", /`promote` is the point of no return.*`watch`/);
  });

  it("lets the stable version be looked at, a tag be set and people be told after it", () => {
    const after = [
      { smoke: { paths: ["/"], of: "stable" } },
      { tag: {} },
      { announce: { channel: "team", message: "shipped" } },
    ];
    assert.deepEqual(found([...rollout, { promote: {} }, ...after]), []);
  });

  it("counts each environment for itself, and a step without environment for all", () => {
    assert.deepEqual(noReturn(fakePolicy()), []);
    const policy = fakePolicy((text) => {
      text.phases.checks.steps = [{ run: { run: ["sign"], irreversible: true } }];
    });
    const [first] = noReturn(policy);
    assert.deepEqual(first?.path, ["phases", "checks", "steps", 0, "run"]);
  });
});
