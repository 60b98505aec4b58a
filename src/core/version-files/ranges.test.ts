import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import semver from "semver";
import { raisedRange, withRanges } from "./ranges.ts";

test("a plain range asks for the new version as it asked for the old one; every other stays", () => {
  const raised: readonly [string, string | null][] = [
    ["^1.2.0", "^2.0.0"],
    ["~1.2.0", "~2.0.0"],
    [">= 1.2.0", ">= 2.0.0"],
    ["1.2.0", "2.0.0"],
    ["workspace:^1.2.0", "workspace:^2.0.0"],
    ["workspace:^", null],
    ["workspace:*", null],
    ["*", null],
    ["1.x", null],
    [">=1 <3", null],
    ["file:../core", null],
    ["^2.0.0", null],
  ];
  for (const [range, wanted] of raised)
    assert.equal(raisedRange(range, "2.0.0", false), wanted, range);
});

test("a peer's range is raised only where it does not take the new version: exactly where npm says so", () => {
  assert.equal(raisedRange("^1.2.0", "1.3.0", true), null);
  assert.equal(raisedRange("^1.2.0", "2.0.0", true), "^2.0.0");
  const number = fc.nat({ max: 3 });
  const version = fc.tuple(number, number, number).map((parts) => parts.join("."));
  const operator = fc.constantFrom("^", "~", ">=", "=", "");
  fc.assert(
    fc.property(operator, version, version, (sign, before, next) => {
      const stays = raisedRange(sign + before, next, true) === null;
      assert.equal(stays, semver.satisfies(next, sign + before), `${sign}${before} ${next}`);
    }),
  );
});

test("ranges of all kinds are raised, below a way of a lock too, and all else stays as it was written", () => {
  const named = new Map([["@shop/core", "2.0.0"]]);
  const text =
    '{\n\t"dependencies": { "@shop/core" : "^1.2.0", "zod": "^1.2.0" },\n\t"devDependencies": {"@shop/core": "1.2.0"}}';
  const own = withRanges(text, [], named);
  assert.equal(
    own.ok && own.value,
    text.replace('core" : "^1.2.0"', 'core" : "^2.0.0"').replace('"1.2.0"', '"2.0.0"'),
  );
  const lock = JSON.stringify({ packages: { web: { dependencies: { "@shop/core": "^1.2.0" } } } });
  const locked = withRanges(lock, ["packages", "web"], named);
  assert.equal(locked.ok && locked.value, lock.replace("^1.2.0", "^2.0.0"));
  assert.equal(withRanges("{", [], named).ok, false);
});
