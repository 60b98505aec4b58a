import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import semver from "semver";
import { announcedAfter, isCandidate, nextInRow } from "./candidates.ts";

test("a version with a suffix is a candidate, but for a fix upon a released one", () => {
  assert.deepEqual(
    ["1.3.0", "1.3.0-beta.1", "1.3.0-rc.1+7", "1.2.2-hotfix.1", "1.3.0+build.1"].map((version) =>
      isCandidate(version),
    ),
    [false, true, true, false, false],
  );
  assert.ok(!isCandidate("1.2.2-fix.1", "fix") && isCandidate("1.2.2-hotfix.1", "fix"));
});

test("a row goes on after the highest number that was given away on its base, whatever else there is", () => {
  const next = (...used: string[]) => nextInRow(used, { base: "1.3.0", word: "beta" });
  assert.equal(next(), "1.3.0-beta.1");
  assert.equal(next("1.3.0-beta.2", "1.3.0-beta.10", "1.3.0-beta.9"), "1.3.0-beta.11");
  assert.equal(next("1.3.0-alpha.4", "1.3.0-betas.4", "1.3.1-beta.4", "1.3.0"), "1.3.0-beta.1");
  assert.equal(next("1.3.0-beta", "1.3.0-beta.x", "1.3.0-beta.1.5"), "1.3.0-beta.2");
});

test("the next of a row sorts behind all of it by SemVer, and has a number of its own", () => {
  const version = fc
    .tuple(fc.constantFrom("1.3.0", "1.2.9", "2.0.0"), fc.constantFrom("alpha", "beta"), fc.nat(30))
    .map(([base, word, number]) => `${base}-${word}.${number}`);
  fc.assert(
    fc.property(fc.array(version), (used) => {
      const next = nextInRow(used, { base: "1.3.0", word: "beta" });
      for (const one of used.filter((one) => one.startsWith("1.3.0-beta.")))
        assert.ok(semver.gt(next, one), `${next} ${one}`);
    }),
  );
});

test("a candidate announces the same version as long as its own bump covers what has come since", () => {
  assert.equal(announcedAfter("1.3.0-beta.1", "minor"), "1.3.0");
  assert.equal(announcedAfter("1.3.0-beta.1", "major"), "2.0.0");
  assert.equal(announcedAfter("1.2.4-beta.1", "patch"), "1.2.4");
  assert.equal(announcedAfter("1.2.4-beta.1", "minor"), "1.3.0");
  assert.equal(announcedAfter("2.0.0-beta.1", "major"), "2.0.0");
});
