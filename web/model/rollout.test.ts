import assert from "node:assert/strict";
import { test } from "node:test";
import { sampleReport } from "#cli/report.sample.ts";
import type { Entry } from "#core/audit/entry.ts";
import type { Json } from "#core/base/canonical.ts";
import { ordersFor } from "./orders.ts";
import { percent } from "./rollout.ts";
import { seriesOf } from "./rollout-series.ts";

const report = sampleReport({ end: null, ended: false });
const wayBack = { ...report.rollback, target: 300_000, bound: 60_000, steps: ["shift"] };

function phasesWith(state: "done" | "to come") {
  const step = { id: "build/1-run", kind: "run", state, note: "" };
  const phase = { name: "build", environment: null, opensAt: null, gates: [], steps: [step] };
  return [{ ...phase, state: "working" as const }];
}

test("a release offers what can be ordered where it stands; once it has ended, only what is out can be withdrawn", () => {
  const can = (change: Parameters<typeof sampleReport>[0]) => {
    const { rollback, ...rest } = ordersFor({ ...report, phases: begun, ...change });
    return { ...rest, rollback: rollback !== null };
  };
  const untouched = { ...wayBack, steps: [] };
  const none = {
    ...{ retry: false, settle: false, abort: false, rollback: false },
    ...{ revise: false, unfreeze: null, withdraw: false },
  };
  const begun = phasesWith("done");
  const fresh = can({ status: "held", rollback: untouched, phases: phasesWith("to come") });
  assert.deepEqual(fresh, { ...none, abort: true, revise: true });
  assert.deepEqual(can({ status: "working", rollback: wayBack }), { ...none, rollback: true });
  const stopped = can({ status: "stopped", rollback: wayBack });
  assert.deepEqual(stopped, { ...none, retry: true, rollback: true });
  const doubt = can({ status: "in-doubt", rollback: wayBack });
  assert.deepEqual(doubt, { ...none, settle: true, rollback: true });
  const rolling = { ...wayBack, decidedAt: 1 };
  assert.deepEqual(can({ status: "rolling-back", rollback: rolling }), none);
  const out = can({ status: "stable", ended: true, rollback: untouched });
  assert.deepEqual(out, { ...none, withdraw: true });
  assert.deepEqual(can({ status: "withdrawn", ended: true, rollback: untouched }), none);
  const frozen = can({
    status: "rolled-back",
    ended: true,
    rollback: { ...untouched, frozen: "p" },
  });
  assert.deepEqual(frozen, { ...none, unfreeze: "p" });
});

test("shares are told with as many places as they have, at most two", () => {
  assert.deepEqual([percent(500), percent(12), percent(1.234)], ["5 %", "0.12 %", "0.01 %"]);
});

const look = (requests: number, errors: number): Json => ({
  healthy: true,
  counters: {
    ...{ requests, errors, databaseCalls: 0, databaseErrors: 0 },
    latency: [
      [100, requests],
      [1000, requests],
    ],
  },
});
const looked = (at: number, canary: Json, baseline: Json): Entry => ({
  ...{ position: at, stream: "shop-1.0.1", seq: at, type: "TrafficLooked", version: 99, at },
  ...{ by: "holdpoint", prev: "", hash: "", data: { reading: { at, canary, baseline } } },
});

test("a chart shows what happened from look to look, not totals; entries that cannot be read leave a gap", () => {
  const entries = [
    looked(1, look(100, 0), look(1000, 0)),
    looked(2, look(200, 50), look(2000, 0)),
    looked(3, null, look(2000, 0)),
  ];
  assert.deepEqual(seriesOf(entries), [], "version 99 is of tomorrow");
  const today = entries.map((entry) => ({ ...entry, version: 1 }));
  const points = seriesOf(today.map((entry) => ({ ...entry, data: withVerdict(entry.data) })));
  assert.deepEqual(
    points.map(({ errors }) => [errors.canary, errors.stable]),
    [
      [0, null],
      [50, 0],
      [null, null],
    ],
  );
  assert.equal(points[1]?.p95.canary, 100);
});

function withVerdict(data: Json): Json {
  return { ...(data as object), verdict: "continue", reason: "" } as Json;
}
