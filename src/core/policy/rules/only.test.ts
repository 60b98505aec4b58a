import assert from "node:assert/strict";
import { test } from "node:test";
import { fakePolicy, type Loose } from "../policy.fake.ts";
import { only } from "./only.ts";

const found = (change: (text: Loose) => void) => only(fakePolicy(change));

test("a phase that is for some types stands in no other", () => {
  assert.deepEqual(
    found((text) => (text.phases.staging.only = ["patch"])),
    [],
  );
  const [other] = found((text) => {
    text.types.minor = { bumps: ["minor"], phases: ["staging"] };
    text.phases.staging.only = ["patch"];
  });
  assert.deepEqual(other?.path, ["types", "minor", "phases", 0]);
  assert.match(other?.counterexample ?? "", /type minor, which carries a minor bump/);
});
