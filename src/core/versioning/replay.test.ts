import assert from "node:assert/strict";
import { test } from "node:test";
import { idOf, lineOf, rulesWith, type Said } from "./given.fake.ts";
import { replayVersions } from "./replay.ts";

const dated = (...messages: Said[]) =>
  lineOf(...messages).map((commit, at) => ({ ...commit, at: at * 1000 }));
const tag = (name: string, at: number) => ({ name, commit: idOf(at) });

test("every old tag is decided again after the highest release that it contains", () => {
  const commits = dated("begin", "feat: a", "docs: b", "fix: c", "feat!: d");
  const tags = [tag("v1.0.0", 0), tag("v1.1.0", 1), tag("v1.1.1", 2), tag("v2.0.0", 4)];
  const { releases, passedOver } = replayVersions({ commits, tags }, rulesWith({}));
  assert.deepEqual(
    releases.map(({ tag: name, previous, actual, bump, agrees }) => [
      name,
      previous,
      actual,
      bump,
      agrees,
    ]),
    [
      ["v1.1.0", "v1.0.0", "minor", "minor", true],
      ["v1.1.1", "v1.1.0", "patch", "none", false],
      ["v2.0.0", "v1.1.1", "major", "major", true],
    ],
  );
  assert.deepEqual(passedOver, [{ tag: "v1.0.0", why: "it contains no release" }]);
  assert.equal(
    replayVersions({ commits, tags }, rulesWith({ floor: "patch" })).releases[1]?.agrees,
    true,
  );
});

test("a maintenance release follows its own line, not the highest version there is", () => {
  const commits = [
    { id: "d", parents: ["b"], author: "", message: "fix: old line", at: 4 },
    { id: "c", parents: ["b"], author: "", message: "feat!: new line", at: 3 },
    { id: "b", parents: [], author: "", message: "feat: b", at: 2 },
  ];
  const tags = [
    { name: "v1.0.0", commit: "b" },
    { name: "v2.0.0", commit: "c" },
    { name: "v1.0.1", commit: "d" },
  ];
  const { releases } = replayVersions({ commits, tags }, rulesWith({}));
  assert.deepEqual(
    releases.map(({ version, previous, said }) => [version, previous, said]).sort(),
    [
      ["1.0.1", "v1.0.0", "1.0.1"],
      ["2.0.0", "v1.0.0", "2.0.0"],
    ],
  );
});

test("two tags on one commit, and versions that go back, are passed over and told", () => {
  const commits = dated("begin", "fix: a", "fix: b");
  const tags = [tag("v1.0.0", 0), tag("v1.0.1", 1), tag("v1.1.0", 1), tag("v1.0.2", 2)];
  const { releases, passedOver } = replayVersions({ commits, tags }, rulesWith({}));
  assert.deepEqual(
    releases.map(({ version }) => version),
    ["1.1.0"],
  );
  assert.deepEqual(
    passedOver.map((one) => one.why),
    [
      "it contains no release",
      "it stands with v1.1.0",
      "it contains v1.1.0, which does not come before it",
    ],
  );
});
