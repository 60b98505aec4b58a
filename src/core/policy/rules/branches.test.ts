import assert from "node:assert/strict";
import { test } from "node:test";
import { fakePolicy, type Loose } from "../policy.fake.ts";
import { branches } from "./branches.ts";

const found = (change: (text: Loose) => void) => branches(fakePolicy(change));

const from = (branch: string, taken: string[]) => (text: Loose) => {
  text.types.patch.branch = branch;
  text.environments.staging.branches = taken;
};

test("an environment that a release must pass takes its branch", () => {
  const [barred, ...rest] = found(from("hotfix/*", ["main"]));
  assert.deepEqual(barred?.path, ["types", "patch", "phases", 1]);
  assert.match(barred?.counterexample ?? "", /`hotfix\/x` never gets past `staging`/);
  assert.deepEqual(rest, []);
});

test("patterns take what fits them, and nothing else", () => {
  for (const taken of [["hotfix/*"], ["main", "hot*"], ["*"], ["*/x*"]])
    assert.deepEqual(found(from("hotfix/*", taken)), [], taken.join());
  for (const taken of [["hotfix"], ["hotfix/*/y"], ["x*"], ["*z"]])
    assert.equal(found(from("hotfix/*", taken)).length, 1, taken.join());
});

test("where nothing is said of branches, all are taken", () => {
  assert.deepEqual(
    found((text) => (text.types.patch.branch = "main")),
    [],
  );
});
