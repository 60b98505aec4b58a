import assert from "node:assert/strict";
import { test } from "node:test";
import { fakePolicy, type Loose } from "../policy.fake.ts";
import { versionOrder } from "./version-order.ts";

const found = (change: (text: Loose) => void) => versionOrder(fakePolicy(change));

test("a version upon another sorts after it by SemVer", () => {
  const [below] = found((text) => (text.types.patch.tag = "v{version}-hotfix.1"));
  assert.deepEqual(below?.path, ["types", "patch", "tag"]);
  assert.match(
    below?.counterexample ?? "",
    /`1.2.2-hotfix.1` sorts below `1.2.2`, and outside of `\^1.2.0`/,
  );
  assert.equal(found((text) => (text.types.patch.suffix = "hotfix")).length, 1);
});

test("plain versions, build numbers and other series are left alone", () => {
  for (const tag of ["v{version}", "v{version}+hotfix.1", "hotfix-v{version}"])
    assert.deepEqual(
      found((text) => (text.types.patch.tag = tag)),
      [],
      tag,
    );
});
