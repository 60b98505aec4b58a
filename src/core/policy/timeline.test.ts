import assert from "node:assert/strict";
import { test } from "node:test";
import { HOUR, MINUTE } from "../base/time.ts";
import { fakePolicy, type Loose } from "./policy.fake.ts";
import { fromZero, opensAt, stretchOf, waitOf, workOf } from "./timeline.ts";

const timed = (change: (text: Loose) => void = () => {}) =>
  fakePolicy((text) => {
    text.phases.checks.longest = "1 h";
    text.phases.staging.longest = "2 h";
    change(text);
  });

test("a phase takes its longest time, or what its steps may take together", () => {
  assert.equal(workOf(timed(), "checks"), HOUR);
  assert.ok(workOf(timed(), "production") > 10 * MINUTE);
  assert.equal(workOf(timed(), "nowhere"), 0);
});

test("phases follow each other, and none begins before it opens", () => {
  const policy = timed((text) => {
    text.phases.checks.opens = "T-4 h";
    text.phases.staging.opens = "T";
  });
  assert.equal(stretchOf(timed(), ["checks", "staging"]).total, 3 * HOUR);
  assert.equal(stretchOf(policy, ["checks", "staging"]).total, 6 * HOUR);
  assert.equal(opensAt(policy, "checks"), -4 * HOUR);
  assert.equal(opensAt(policy, "production"), null);
});

test("a stretch begins as late as its first opening allows", () => {
  const policy = timed((text) => (text.phases.staging.opens = "T"));
  assert.equal(stretchOf(policy, ["checks", "staging"]).total, 3 * HOUR);
});

test("the longest wait that a phase's gates ask for counts once", () => {
  const policy = timed((text) => {
    text.gates.told = { notice: { channel: "team", message: "shipped", before: "24 h" } };
    text.gates.soaked = { soak: { environment: "staging", for: "36 h" } };
    text.phases.production.gates = ["told", "soaked", "tuesday"];
  });
  assert.equal(waitOf(policy, "production"), 36 * HOUR);
  assert.equal(waitOf(policy, "checks"), 0);
});

test("times from T-0 are read with their sign", () => {
  assert.equal(fromZero("T"), 0);
  assert.equal(fromZero("T-1 week"), -7 * 24 * HOUR);
  assert.equal(fromZero("T+45 min"), 45 * MINUTE);
});
