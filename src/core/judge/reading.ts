import type { Instant, Millis } from "../base/time.ts";
import type { Tally } from "../objectives/tally.ts";

/** Running totals of one version of one environment since its start, all its services together. */
export interface Counters {
  readonly requests: number;
  /** Answers with a 5xx status, and requests that got no answer. */
  readonly errors: number;
  /** Latency of all requests in milliseconds: upper bounds and running counts, as in a Prometheus histogram. */
  readonly latency: readonly (readonly [upTo: number, count: number])[];
  readonly databaseCalls: number;
  readonly databaseErrors: number;
  /** Requests that were answered from a cache, where the source counts them. */
  readonly cacheHits?: number;
  /** Load in per cent when it was read, where the source measures it. */
  readonly cpu?: number;
  readonly memory?: number;
}

/** One look at an environment: totals of both versions, and whether each answered its health probe. */
export interface Reading {
  readonly at: Instant;
  readonly canary: Look | null;
  readonly baseline: Look | null;
  /** What the record has of each objective's period, where the judge asks for it. */
  readonly recorded?: Recorded;
}

/** What was counted of objectives within their periods, whichever version served; `measured`: since when, in ms before. */
export type Recorded = Readonly<Record<string, Tally & { readonly measured: Millis }>>;

export interface Look {
  readonly healthy: boolean;
  /** Which version it is, where the platform says so: its totals go with it when it becomes the stable one. */
  readonly version?: string;
  /** Why it is not healthy, for people. */
  readonly problem?: string;
  /** All its health probes so far, where there were others than this look's own. */
  readonly probes?: { readonly all: number; readonly failed: number };
  readonly counters: Counters;
}
