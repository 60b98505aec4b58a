// The way back from samples to running totals, which the policy's limits look at: in a recorded stream there are no
// readings.

import { addHistograms, BIN, type Histogram } from "../base/histogram.ts";
import { SECOND } from "../base/time.ts";
import type { Interval, Measured } from "./interval.ts";
import type { Counters, Look, Reading } from "./reading.ts";
import type { Arm, Sample } from "./sample.ts";

/** Running totals of one arm. Plain data. */
interface Totals {
  readonly requests: number;
  readonly errors: number;
  readonly latency: Histogram;
  readonly databaseCalls: number;
  readonly databaseErrors: number;
  readonly probes: { readonly all: number; readonly failed: number };
  /** Health probes that failed since the last good one. */
  readonly failing: number;
  readonly healthy: boolean;
}

export interface Running {
  readonly canary: Totals;
  readonly baseline: Totals;
}

const NONE: Totals = {
  ...{ requests: 0, errors: 0, latency: [], databaseCalls: 0, databaseErrors: 0 },
  ...{ probes: { all: 0, failed: 0 }, failing: 0, healthy: true },
};
export const NOT_RUNNING: Running = { canary: NONE, baseline: NONE };

/** The totals after one more check. */
export function addTo(
  running: Running,
  { canary, baseline }: Interval,
  samples: readonly Sample[],
): Running {
  const latency = (pick: (sample: Sample) => Arm | null) =>
    samples.map((sample) => pick(sample)?.latency ?? []);
  return {
    canary: canary
      ? added(
          running.canary,
          canary,
          latency((one) => one.canary),
        )
      : running.canary,
    baseline: baseline
      ? added(
          running.baseline,
          baseline,
          latency((one) => one.baseline),
        )
      : running.baseline,
  };
}

/** The reading at `t`; an arm that was not measured in this check is not there. */
export function readingAt(t: number, running: Running, { canary, baseline }: Interval): Reading {
  return {
    at: t * SECOND,
    canary: canary === null ? null : lookOf(running.canary),
    baseline: baseline === null ? null : lookOf(running.baseline),
  };
}

/** A single failed probe may be the prober's: ill is a version with two in a row and no good one meanwhile. */
const FAILING = 2;

function added(before: Totals, arm: Measured, latency: readonly Histogram[]): Totals {
  const good = arm.probes - arm.probesFailed;
  const failing = good > 0 ? 0 : before.failing + arm.probesFailed;
  return {
    requests: before.requests + arm.requests,
    errors: before.errors + arm.errors,
    latency: addHistograms([before.latency, ...latency]),
    databaseCalls: before.databaseCalls + arm.operations,
    databaseErrors: before.databaseErrors + arm.operationsFailed,
    probes: {
      all: before.probes.all + arm.probes,
      failed: before.probes.failed + arm.probesFailed,
    },
    failing,
    healthy: failing < FAILING,
  };
}

/** Upper edges of the bins of usual latencies, up to a quarter of an hour. */
const EDGES = Array.from({ length: 560 }, (_, bin) => BIN ** (bin + 1));

function lookOf({ latency, probes, failing, healthy, ...totals }: Totals): Look {
  let running = 0;
  const bounds = latency.map(([bin, count]) => {
    running += count;
    return [EDGES[bin] ?? BIN ** (bin + 1), running] as const;
  });
  const counters: Counters = { ...totals, latency: bounds };
  return healthy
    ? { healthy, probes, counters }
    : { healthy, probes, problem: `${failing} probes in a row failed`, counters };
}
