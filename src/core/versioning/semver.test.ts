import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import semver from "semver";
import { compareBase, comparePrerelease, parseVersion } from "./semver.ts";

const number = fc.oneof(fc.nat({ max: 12 }), fc.nat());
const identifier = fc.oneof(
  fc.constantFrom("alpha", "beta", "rc", "hotfix", "0", "1", "10", "2", "-", "a-1", "01a", "x"),
  fc.stringMatching(/^[0-9A-Za-z-]{1,6}$/),
);
const version = fc
  .tuple(
    fc.tuple(number, number, number),
    fc.array(identifier, { maxLength: 3 }),
    fc.constantFrom("", "+5", "+a.b"),
  )
  .map(
    ([base, pre, build]) => base.join(".") + (pre.length > 0 ? `-${pre.join(".")}` : "") + build,
  );

test("SemVer 2 and 9: a text is a version exactly where the library of npm says so", () => {
  const near = fc.oneof(
    version,
    fc.constantFrom("01.2.3", "1.2", "1.2.3.4", "v1.2.3", " 1.2.3", "1.2.3-", "1.2.3-01", "1.2.3+"),
    fc.stringMatching(/^[0-9a.+-]{0,12}$/),
  );
  fc.assert(
    fc.property(near, (text) => {
      const theirs = /^\d/.test(text) && text.trim() === text ? semver.parse(text) : null;
      const ours = parseVersion(text);
      assert.equal(ours === null, theirs === null, text);
      assert.deepEqual(ours?.prerelease.map(String), theirs?.prerelease.map(String));
    }),
    { numRuns: 3000 },
  );
});

test("SemVer 11: versions are ordered as the library of npm orders them", () => {
  const valid = version.filter((text) => semver.valid(text) !== null);
  fc.assert(
    fc.property(valid, valid, (a, b) => {
      const [one, two] = [parseVersion(a), parseVersion(b)];
      assert.ok(one !== null && two !== null);
      const order = compareBase(one, two) || comparePrerelease(one, two);
      assert.equal(Math.sign(order), semver.compare(a, b), `${a} ${b}`);
    }),
    { numRuns: 3000 },
  );
});

test("SemVer 11: the order that the standard itself gives as its example", () => {
  const given = ["alpha", "alpha.1", "alpha.beta", "beta", "beta.2", "beta.11", "rc.1"];
  const all = [...given.map((pre) => `1.0.0-${pre}`), "1.0.0"].map((text) => parseVersion(text));
  for (const [at, one] of all.entries()) {
    const next = all[at + 1];
    assert.ok(one !== null);
    if (next === undefined || next === null) continue;
    assert.ok((compareBase(one, next) || comparePrerelease(one, next)) < 0, one.text);
  }
});
