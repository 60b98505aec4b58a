import { binOf, type Histogram } from "../base/histogram.ts";
import type { Objective } from "./objective.ts";

/** What was counted of one version, or of a whole environment, in some stretch of time. */
export interface Counts {
  readonly requests: number;
  readonly errors: number;
  readonly dbOperations?: number | undefined;
  readonly dbErrors?: number | undefined;
  readonly cacheHits?: number | undefined;
  readonly latency: Histogram;
  readonly probes?: number | undefined;
  readonly probesFailed?: number | undefined;
  /** In per cent. */
  readonly cpu?: number | undefined;
  readonly memory?: number | undefined;
}

/** What kept an objective and what broke it: requests, calls or minutes. */
export interface Tally {
  readonly good: number;
  readonly bad: number;
}

export const NONE: Tally = { good: 0, bad: 0 };

/** A minute with more errors than this is one in which the service was down, where nothing probed it. */
const DOWN = 0.5;

/**
 * What of these counts kept the objective and what broke it; null where it was not measured: missing data is neither.
 * Latencies are counted bin by bin, never by averages of percentiles; the bin that the limit lies in is the last good one,
 * so a limit is exact to 2.5 %, and to the last request where it is a bound of the source's own buckets.
 */
export function tally(objective: Objective, counts: Counts): Tally | null {
  switch (objective.measure) {
    case "error-rate":
    case "success":
      return split(counts.requests, counts.errors);
    case "database-error-rate":
      return split(counts.dbOperations, counts.dbErrors ?? 0);
    case "cache-hits":
      return counts.cacheHits === undefined
        ? null
        : split(counts.requests, counts.requests - counts.cacheHits);
    case "p50":
    case "p95":
    case "p99":
      return within(objective.most, counts.latency);
    case "availability":
      return slice(isUp(counts));
    case "cpu":
    case "memory": {
      const value = counts[objective.measure];
      return slice(value === undefined ? null : value * 100 <= objective.most);
    }
  }
}

/** The sum of tallies. */
export function sum(tallies: readonly Tally[]): Tally {
  return tallies.reduce(
    (all, { good, bad }) => ({ good: all.good + good, bad: all.bad + bad }),
    NONE,
  );
}

function split(all: number | undefined, bad: number): Tally | null {
  if (all === undefined || !(all > 0)) return null;
  const broken = Math.min(Math.max(bad, 0), all);
  return { good: all - broken, bad: broken };
}

function within(limit: number, latency: Histogram): Tally | null {
  const last = binOf(limit);
  let [good, bad] = [0, 0];
  for (const [bin, count] of latency) {
    if (bin <= last) good += count;
    else bad += count;
  }
  return good + bad > 0 ? { good, bad } : null;
}

/** Whether it was there for its users: most probes found it well; where nothing probed it, most requests were answered. */
function isUp({ probes = 0, probesFailed = 0, requests, errors }: Counts): boolean | null {
  if (probes > 0) return probesFailed <= probes * DOWN;
  return requests > 0 ? errors <= requests * DOWN : null;
}

function slice(kept: boolean | null): Tally | null {
  if (kept === null) return null;
  return kept ? { good: 1, bad: 0 } : { good: 0, bad: 1 };
}
