import assert from "node:assert/strict";
import { test } from "node:test";
import { MINUTE } from "../base/time.ts";
import { tagPattern } from "../versioning/pattern.ts";
import { context, walk } from "./given.fake.ts";
import { branchName, tag, tagName } from "./tag.ts";

test("it tags the release's commit with the release's tag, annotated with system and version", () => {
  const { asked, end } = walk(tag, { of: "commit" });
  const { commit } = context;
  assert.deepEqual(asked, [{ ask: "tag", name: "v1.2.0", commit, message: "Sample 1.2.0" }]);
  assert.equal(end.move, "done");
});

test("a pattern of its own names another tag, whatever stands in the version", () => {
  const [asked] = walk(tag, { of: "commit", pattern: "rc-v{version}" }).asked;
  assert.equal(asked?.ask === "tag" && asked.name, "rc-v1.2.0");
  assert.equal(tagName("v{version}", "$&$1"), "v$&$1");
});

const COMPONENTS = [
  { component: "core", version: "2.1.0", tag: "core-v2.1.0" },
  { component: "web", version: "0.3.1", tag: "web@0.3.1" },
];

test("each component that goes out gets its own tag, in a work of its own; a pattern names the release alone", () => {
  const components = { components: COMPONENTS };
  const { asked, end } = walk(tag, { of: "written", push: "origin" }, components);
  assert.deepEqual(
    asked.map((work) => work.ask === "tag" && [work.name, work.message, work.written, work.push]),
    [
      ["v1.2.0", "Sample 1.2.0", true, "origin"],
      ["core-v2.1.0", "core 2.1.0", true, "origin"],
      ["web@0.3.1", "web 0.3.1", true, "origin"],
    ],
  );
  assert.equal(end.move, "done");
  assert.equal(walk(tag, { of: "commit", pattern: "rc-v{version}" }, components).asked.length, 1);
});

test("a pattern has the version once", () => {
  assert.equal(tagPattern.safeParse("v{version}").success, true);
  for (const pattern of ["v", "{version}{version}", "v{version}{", "{Version}"])
    assert.equal(tagPattern.safeParse(pattern).success, false, pattern);
});

test("a tag is a record: a rollback does not take it away", () => {
  assert.deepEqual(tag.undo({ of: "commit" }), { undo: "nothing" });
  assert.equal(tag.bound({ of: "commit" }), MINUTE);
});

test("it is signed, pushed, and set on what was written, where the policy says so", () => {
  const [asked] = walk(tag, {
    of: "written",
    sign: { ssh: "/keys/release" },
    push: "origin",
  }).asked;
  assert.ok(asked?.ask === "tag");
  assert.deepEqual(
    [asked.written, asked.sign, asked.push],
    [true, { ssh: "/keys/release" }, "origin"],
  );
  const shaped = (sign: object) => tag.shape.safeParse({ sign }).success;
  assert.ok(shaped({ gpg: "0123456789ABCDEF" }) && shaped({ gpg: "release@example.test" }));
  for (const wrong of [{}, { ssh: "a", gpg: "0123456789ABCDEF" }, { gpg: "--output=x" }])
    assert.ok(!shaped(wrong), JSON.stringify(wrong));
  assert.ok(!tag.shape.safeParse({ push: "--mirror" }).success);
});

test("a branch is named as git names it", () => {
  for (const good of ["main", "release/1.4", "hotfix/INC-7"])
    assert.ok(branchName.safeParse(good).success, good);
  for (const bad of ["", "-x", "a..b", "a b", "a.lock", "/a", "a/", "a:b", "@{x", "a~1"])
    assert.ok(!branchName.safeParse(bad).success, bad);
});
