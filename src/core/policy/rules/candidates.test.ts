import assert from "node:assert/strict";
import { test } from "node:test";
import { fakePolicy, type Loose } from "../policy.fake.ts";
import { candidates } from "./candidates.ts";

const found = (change: (text: Loose) => void) => candidates(fakePolicy(change));
const next = { branches: { main: {}, next: { candidate: "beta" } } };

test("a branch of candidates has a release type that brings them", () => {
  const [lost, ...rest] = found((text) => (text.versioning = next));
  assert.deepEqual(lost?.path, ["versioning", "branches", "next", "candidate"]);
  assert.deepEqual(rest, []);
  const sound = found((text) => {
    text.versioning = next;
    text.types.patch.candidate = "beta";
  });
  assert.deepEqual(sound, []);
});

test("a type brings candidates or fixes, and a candidate is not named as a fix is", () => {
  const [both] = found((text) => Object.assign(text.types.patch, { candidate: "rc", suffix: "x" }));
  assert.match(both?.counterexample ?? "", /1\.2\.3-rc\.1 or 1\.2\.2-x\.1/);
  const [named] = found((text) => (text.types.patch.candidate = "hotfix"));
  assert.match(named?.sentence ?? "", /suffix of fixes/);
});
