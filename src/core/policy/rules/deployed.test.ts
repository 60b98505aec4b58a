import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { fakePolicy } from "../policy.fake.ts";
import { deployed } from "./deployed.ts";

const found = (steps: object[]) =>
  deployed(fakePolicy((text) => (text.phases.production.steps = steps)));
const shift = { shift: { weights: ["100 %"] } };

describe("deployed: what is done with the new version is done while there is one", () => {
  it("finds a shift without a deploy before it, in whichever types have it", () => {
    const policy = fakePolicy((text) => {
      text.phases.production.steps = [shift];
      text.types.minor = text.types.patch;
    });
    const [missing, ...rest] = deployed(policy);
    assert.deepEqual(missing?.path, ["phases", "production", "steps", 0, "shift"]);
    assert.match(missing?.sentence ?? "", /not deployed yet in `production`.*patch and minor/);
    assert.deepEqual(rest, []);
  });

  it("does not count what was deployed elsewhere, or is promoted or retired", () => {
    assert.equal(found([shift]).length, 1);
    assert.equal(found([{ deploy: {} }, { promote: {} }, shift]).length, 1);
    assert.equal(found([{ deploy: {} }, { retire: {} }, { smoke: { paths: ["/"] } }]).length, 1);
    assert.deepEqual(found([{ deploy: {} }, shift, { promote: {} }]), []);
  });

  it("lets the stable version be asked at any time", () => {
    assert.deepEqual(found([{ smoke: { paths: ["/"], of: "stable" } }]), []);
    assert.deepEqual(found([{ smoke: { run: ["npm", "run", "smoke"] } }]), []);
  });

  it("finds a rollback that is verified on the new version, which is gone by then", () => {
    const policy = fakePolicy((text) => (text.rollback.verify = [{ verify: { paths: ["/"] } }]));
    const [asked] = deployed(policy);
    assert.deepEqual(asked?.path, ["rollback", "verify", 0, "verify"]);
    assert.match(asked?.remedy ?? "", /of: stable/);
  });
});
