import assert from "node:assert/strict";
import { test } from "node:test";
import { sampleReport } from "#cli/report.sample.ts";
import { backMoments, rollbackClock } from "./way-back.ts";

const report = sampleReport({ end: null, ended: false });
const wayBack = { ...report.rollback, target: 300_000, bound: 60_000, steps: ["shift"] };

test("SS-22: the way back runs against its promise, and says when it is late", () => {
  const rolling = { ...report, rollback: { ...wayBack, decidedAt: 1000, reason: "errors" } };
  assert.deepEqual(rollbackClock(rolling, 61_000), {
    ...{ tone: "wait", used: 0.2, text: "1 min of 5 min promised" },
  });
  assert.match(rollbackClock(rolling, 302_000)?.text ?? "", /late$/);
  assert.equal(rollbackClock(rolling, 302_000)?.tone, "bad");
});

test("before a rollback its bound stands beside the promise; past the point of no return there is none", () => {
  assert.equal(rollbackClock({ ...report, rollback: wayBack }, 0)?.tone, "good");
  const long = { ...report, rollback: { ...wayBack, bound: 400_000 } };
  assert.equal(rollbackClock(long, 0)?.tone, "bad");
  const gone = {
    ...report,
    rollback: { ...wayBack, noReturn: "finish/1-promote: the old is gone" },
  };
  assert.match(rollbackClock(gone, 0)?.text ?? "", /^No way back: finish/);
  assert.equal(rollbackClock({ ...report, end: { how: "stable", reason: "" } }, 0), null);
});

test("a way back that was gone tells how long it took, and whether that was late", () => {
  const end = { how: "rolled-back", reason: "" };
  const took = { "weight-0": 1200, drained: 2300, validated: 61_400 };
  const gone = { end, rollback: { ...wayBack, took } };
  assert.deepEqual(rollbackClock(gone, 0), {
    ...{ tone: "good", used: 61_400 / 300_000, text: "Took 1 min 1 s, promised 5 min" },
  });
  const late = { end, rollback: { ...wayBack, took, target: 60_000, late: true } };
  assert.equal(rollbackClock(late, 0)?.tone, "bad");
  assert.match(rollbackClock(late, 0)?.text ?? "", /late$/);
  assert.deepEqual(
    backMoments(late).map(({ name, took: after, word }) => [name, after, word]),
    [
      ["weight-0", 1200, "reached"],
      ["drained", 2300, "reached"],
      ["validated", 61_400, "reached late"],
    ],
  );
});

test("moments of a way back are to come while it is gone, and not reached where it ended without them", () => {
  assert.deepEqual(backMoments(report), []);
  const words = (end: { how: string; reason: string } | null) =>
    backMoments({
      end,
      rollback: { ...wayBack, decidedAt: end ? null : 5, took: { "weight-0": 9 } },
    }).map(({ word }) => word);
  assert.deepEqual(words(null), ["reached", "to come", "to come"]);
  assert.deepEqual(words({ how: "rolled-back", reason: "" }), [
    "reached",
    "not reached",
    "not reached",
  ]);
});
