import { binOf, type Histogram } from "../base/histogram.ts";
import { countedBy, type Objective } from "./objective.ts";

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

/** A minute with less good than this is one in which the service was down, in basis points. */
const ANSWERED = 5000;

/**
 * What of these counts kept the objective and what broke it; null where it was not measured: missing data is neither.
 * Latencies are counted bin by bin, never by averages of percentiles; the bin that the limit lies in is the last good one,
 * so a limit is exact to 2.5 %, and to the last request where it is a bound of the source's own buckets. Where every minute
 * weighs the same, the two sum to 1.
 */
export function tally(objective: Objective, counts: Counts): Tally | null {
  const counted = countOf(objective, counts);
  if (counted === null || countedBy(objective) !== "ratios") return counted;
  const bad = counted.bad / (counted.good + counted.bad);
  return { good: 1 - bad, bad };
}

function countOf(objective: Objective, counts: Counts): Tally | null {
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
      return slice(isUp(counts, objective.answered ?? ANSWERED));
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

/** Whether it was there for its users: so many probes found it well; where nothing probed it, so many requests were answered. */
function isUp(
  { probes = 0, probesFailed = 0, requests, errors }: Counts,
  answered: number,
): boolean | null {
  const [all, bad] = probes > 0 ? [probes, probesFailed] : [requests, errors];
  return all > 0 ? (all - bad) * 10_000 >= all * answered : null;
}

function slice(kept: boolean | null): Tally | null {
  if (kept === null) return null;
  return kept ? { good: 1, bad: 0 } : { good: 0, bad: 1 };
}
