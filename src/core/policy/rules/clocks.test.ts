import assert from "node:assert/strict";
import { test } from "node:test";
import { fakePolicy, type Loose } from "../policy.fake.ts";
import { clocks } from "./clocks.ts";

const found = (change: (text: Loose) => void) => clocks(fakePolicy(change));

const clock = (clocks: object) => (text: Loose) => {
  text.phases.checks.longest = "30 min";
  text.phases.staging.longest = "2 h";
  text.phases.production.longest = "1 h";
  text.types.patch.clocks = clocks;
};

test("what comes before the end of a clock takes no longer than it runs", () => {
  assert.deepEqual(found(clock({ out: { phase: "production", within: "210 min" } })), []);
  const [late] = found(clock({ out: { phase: "production", within: "3 h" } }));
  assert.deepEqual(late?.path, ["types", "patch", "clocks", "out", "within"]);
  assert.match(
    late?.counterexample ?? "",
    /checks 30 min, staging 2 h, production 1 h: 3 h 30 min/,
  );
});

test("a clock that ends with a gate counts what comes before its phase", () => {
  const ends = (within: string) => clock({ agreed: { gate: "tuesday", within } });
  assert.deepEqual(found(ends("150 min")), []);
  assert.equal(found(ends("149 min")).length, 1);
});

test("a clock from T-0 counts from the phase that opens then", () => {
  const late = found((text) => {
    clock({ out: { from: "zero", phase: "production", within: "50 min" } })(text);
    text.phases.production.opens = "T";
  });
  assert.match(late[0]?.counterexample ?? "", /^production 1 h: 1 h in all$/);
});
