import assert from "node:assert/strict";
import { test } from "node:test";
import { MINUTE } from "../base/time.ts";
import { tagPattern } from "../versioning/pattern.ts";
import { context, walk } from "./given.fake.ts";
import { tag, tagName } from "./tag.ts";

test("it tags the release's commit with the release's tag, annotated with system and version", () => {
  const { asked, end } = walk(tag, {});
  const { commit } = context;
  assert.deepEqual(asked, [{ ask: "tag", name: "v1.2.0", commit, message: "Sample 1.2.0" }]);
  assert.equal(end.move, "done");
});

test("a pattern of its own names another tag, whatever stands in the version", () => {
  const [asked] = walk(tag, { pattern: "rc-v{version}" }).asked;
  assert.equal(asked?.ask === "tag" && asked.name, "rc-v1.2.0");
  assert.equal(tagName("v{version}", "$&$1"), "v$&$1");
});

test("a pattern has the version once", () => {
  assert.equal(tagPattern.safeParse("v{version}").success, true);
  for (const pattern of ["v", "{version}{version}", "v{version}{", "{Version}"])
    assert.equal(tagPattern.safeParse(pattern).success, false, pattern);
});

test("a tag is a record: a rollback does not take it away", () => {
  assert.deepEqual(tag.undo({}), { undo: "nothing" });
  assert.equal(tag.bound({}), MINUTE);
});
