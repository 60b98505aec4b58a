import assert from "node:assert/strict";
import { test } from "node:test";
import { fakePolicy, type Loose } from "../policy.fake.ts";
import { reach } from "./reach.ts";

const found = (change: (text: Loose) => void) => reach(fakePolicy(change));

test("a release has been in the environment where it must have soaked", () => {
  const soaking = (environment: string) => (text: Loose) => {
    text.gates.soaked = { soak: { environment, for: "24 h" } };
    text.phases.production.gates = ["soaked"];
  };
  assert.deepEqual(found(soaking("staging")), []);
  const [never] = found(soaking("production"));
  assert.deepEqual(never?.path, ["gates", "soaked", "soak", "environment"]);
  assert.match(never?.sentence ?? "", /gets past `production`.*release type patch/);
});
