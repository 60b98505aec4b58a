import assert from "node:assert/strict";
import { test } from "node:test";
import { SECOND } from "../base/time.ts";
import { judgedLast } from "./given.fake.ts";
import type { Counters, Look, Reading } from "./reading.ts";
import { triggers } from "./triggers.ts";

const charge = { triggers: triggers.parse({ latency: { times: 10 } }), objectives: {} };

/** A look at a version that has answered so many requests, each within so many milliseconds. */
function look(requests: number, within: number): Look {
  const latency: Counters["latency"] = [100, 500, 2500].map((upTo) => [
    upTo,
    within <= upTo ? requests : 0,
  ]);
  return {
    healthy: true,
    counters: { requests, errors: 0, latency, databaseCalls: 0, databaseErrors: 0 },
  };
}

const readings = (
  stable: readonly [Look | null, Look | null],
  slow: number,
): [Reading, Reading] => [
  { at: 0, canary: look(0, slow), baseline: stable[0] },
  { at: 30 * SECOND, canary: look(200, slow), baseline: stable[1] },
];
const verdict = ([before, now]: [Reading, Reading]) => judgedLast([before, now], charge);

test("a version ten times slower than the stable one is turned back while both have traffic", () => {
  const both = [look(1000, 100), look(1200, 100)] as const;
  assert.equal(verdict(readings(both, 2500)).verdict, "rollback");
  assert.equal(verdict(readings(both, 500)).verdict, "continue");
});

test("it is turned back too once the stable version has no traffic left: then its whole past is compared", () => {
  const idle = [look(1000, 100), look(1000, 100)] as const;
  const { verdict: said, reason } = verdict(readings(idle, 2500));
  assert.equal(said, "rollback");
  assert.equal(reason, "its p95 is 2500 ms, more than 10 times the stable 100 ms");
  assert.equal(verdict(readings(idle, 500)).verdict, "continue");
});

test("what the stable version does now counts more than its past", () => {
  const slowNow: Look = {
    ...look(1200, 100),
    counters: {
      ...look(1200, 100).counters,
      latency: [
        [100, 1000],
        [500, 1200],
        [2500, 1200],
      ],
    },
  };
  assert.equal(verdict(readings([look(1000, 100), slowNow], 2500)).verdict, "continue");
});

test("a stable version that never served gives nothing to compare with", () => {
  assert.equal(verdict(readings([look(0, 100), look(0, 100)], 2500)).verdict, "continue");
  assert.equal(verdict(readings([null, null], 2500)).verdict, "continue");
});
