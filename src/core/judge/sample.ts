import type { Histogram } from "../base/histogram.ts";

/** What one kind of request (or one region) did. */
export interface Stratum {
  readonly requests: number;
  readonly errors: number;
  readonly latency: Histogram;
}

/** What one version did in one stretch of time: counts of that time, never running totals. */
export interface Arm extends Stratum {
  /** Distinct clients with at least one error: a client that tries again five times counts once. */
  readonly failingClients?: number;
  readonly dbOperations?: number;
  readonly dbErrors?: number;
  /** Requests that were answered from a cache. */
  readonly cacheHits?: number;
  /** The same counts by kind of request; together they are all of the arm's requests. */
  readonly strata?: Readonly<Record<string, Stratum>>;
  /** Health probes, and how many of them failed. */
  readonly probes?: number;
  readonly probesFailed?: number;
  /** Load in per cent, at the end of the time. */
  readonly cpu?: number;
  readonly memory?: number;
}

/** What both versions did in the stretch of time that ends at `t`; the judge sees nothing else. */
export interface Sample {
  /** Seconds since the new version got its first request. Below 0 is history: the stable version alone. */
  readonly t: number;
  /** Share of the traffic that the new version is to get, 0 to 1. */
  readonly weight: number;
  /** The stable version; null where it was not measured. */
  readonly baseline: Arm | null;
  /** The new version; null where it was not measured. */
  readonly canary: Arm | null;
}
