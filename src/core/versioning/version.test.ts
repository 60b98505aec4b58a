import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  compareVersions,
  neverUsed,
  nextVersion,
  previousRelease,
  tagged,
  tagOf,
  versionIn,
} from "./version.ts";

const tags = (...names: string[]) => names.map((name) => ({ name, commit: `c-${name}` }));
const names = (pattern: string, ...all: string[]) =>
  tagged(tags(...all), pattern).map(({ tag }) => tag);

test("a tag says its version only where the whole name fits the pattern", () => {
  assert.equal(versionIn("v{version}", "v1.2.3"), "1.2.3");
  assert.equal(versionIn("production-v{version}", "production-v1.2.3"), "1.2.3");
  assert.equal(versionIn("{version}", "1.2.3"), "1.2.3");
  assert.equal(versionIn("r/{version}/{version}", "r/1.2.3/1.2.3"), "1.2.3");
  for (const [pattern, name] of [
    ["v{version}", "vv1.2.3"],
    ["v{version}", "v1.2"],
    ["v{version}", "v1.2.3x"],
    ["v{version}", "v01.2.3"],
    ["v{version}", "rc-v1.2.3"],
    ["{version}", "v1.2.3"],
    ["production-v{version}", "v1.2.3"],
    ["r/{version}/{version}", "r/1.2.3/1.2.4"],
    ["a.b{version}", "axb1.2.3"],
  ] as const)
    assert.equal(versionIn(pattern, name), null, `${pattern} ${name}`);
});

test("a tag made of a version is read back to it", () => {
  const number = fc.nat({ max: 9999 });
  const version = fc.tuple(number, number, number).map((all) => all.join("."));
  const pattern = fc.constantFrom(
    "v{version}",
    "production-v{version}",
    "{version}-live",
    "{version}",
  );
  fc.assert(
    fc.property(pattern, version, (of, one) => assert.equal(versionIn(of, tagOf(of, one)), one)),
  );
});

test("tags are ordered by SemVer precedence, not by name", () => {
  assert.deepEqual(
    names(
      "v{version}",
      "v1.9.0",
      "v1.10.0",
      "v1.10.0-rc.2",
      "v1.10.0-rc.10",
      "rc-v9.0.0",
      "nightly",
    ),
    ["v1.10.0", "v1.10.0-rc.10", "v1.10.0-rc.2", "v1.9.0"],
  );
});

test("the previous release is the highest that was released; pre-releases are passed over", () => {
  const previous = (...all: string[]) => previousRelease(tags(...all), "v{version}");
  assert.deepEqual(previous("v1.2.0", "v1.3.0-rc.1", "v0.9.0"), {
    tag: "v1.2.0",
    version: "1.2.0",
    commit: "c-v1.2.0",
    means: "release",
  });
  assert.equal(previous("v1.0.0-rc.1"), null);
  assert.equal(previous("release-1.0.0"), null);
});

test("the next version is the bump of the previous, or the first", () => {
  const next = (bump: "patch" | "minor" | "major", ...all: string[]) => {
    const known = tagged(tags(...all), "v{version}");
    const previous = previousRelease(tags(...all), "v{version}");
    return nextVersion(known, { previous, bump, first: "0.1.0" }).version;
  };
  assert.equal(next("patch", "v1.2.3"), "1.2.4");
  assert.equal(next("minor", "v1.2.3"), "1.3.0");
  assert.equal(next("major", "v1.2.3"), "2.0.0");
  assert.equal(next("minor"), "0.1.0");
});

test("a version is never below its own release candidate, and hotfix suffixes announce nothing", () => {
  const next = (bump: "patch" | "minor", ...all: string[]) => {
    const known = tagged(tags(...all), "v{version}");
    const previous = previousRelease(tags(...all), "v{version}");
    return nextVersion(known, { previous, bump, first: "0.1.0" });
  };
  assert.equal(next("patch", "v1.2.3", "v2.0.0-rc.1").version, "2.0.0");
  assert.equal(next("patch", "v1.2.3", "v2.0.0-rc.1").announced?.tag, "v2.0.0-rc.1");
  assert.equal(next("minor", "v1.2.3", "v1.3.0-rc.1+build.5").version, "1.3.0");
  assert.equal(next("minor", "v1.0.0-beta.2").version, "1.0.0");
  assert.deepEqual(next("patch", "v1.2.2", "v1.2.2-hotfix.1"), {
    version: "1.2.3",
    announced: null,
  });
});

test("the number of a withdrawn version is never reused", () => {
  assert.equal(neverUsed("1.3.0", []), "1.3.0");
  assert.equal(neverUsed("1.3.0", ["1.2.0", "1.3.1"]), "1.3.0");
  assert.equal(neverUsed("1.3.0", ["1.3.1", "1.3.0"]), "1.3.2");
});

test("one line over several patterns: candidates, releases, hotfixes, each known for what it is", () => {
  const line = {
    tag: "production-v{version}",
    line: [
      { tag: "rc-v{version}", means: "candidate" },
      { tag: "hotfix-v{version}", means: "release" },
      { tag: "v{version}", means: "release" },
    ],
  } as const;
  const all = ["v1.2.2", "v1.2.2-hotfix.1", "rc-v1.3.0", "production-v1.3.0", "hotfix-v1.3.1"];
  assert.deepEqual(
    tagged(tags(...all, "nightly-1"), line).map(({ tag, means }) => [tag, means]),
    [
      ["hotfix-v1.3.1", "release"],
      ["production-v1.3.0", "release"],
      ["rc-v1.3.0", "candidate"],
      ["v1.2.2-hotfix.1", "hotfix"],
      ["v1.2.2", "release"],
    ],
  );
  assert.equal(previousRelease(tags("v1.2.2", "rc-v1.3.0"), line)?.tag, "v1.2.2");
});

test("a fix upon a released version comes after it and before the next, where SemVer has it before both", () => {
  const inOrder = [
    "1.2.2-rc.1",
    "1.2.2",
    "1.2.2-hotfix.1",
    "1.2.2-hotfix.10",
    "1.2.3-rc.1",
    "1.2.3",
  ];
  for (const [at, one] of inOrder.entries())
    for (const [other, two] of inOrder.entries())
      assert.equal(Math.sign(compareVersions(one, two)), Math.sign(at - other), `${one} ${two}`);
});
