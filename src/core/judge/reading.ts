import { z } from "zod";
import { duration, share } from "../base/shape.ts";
import type { Instant } from "../base/time.ts";

/** Running totals of one version of one environment since its start, all its services together. */
export interface Counters {
  readonly requests: number;
  /** Answers with a 5xx status, and requests that got no answer. */
  readonly errors: number;
  /** Latency of all requests in milliseconds: upper bounds and running counts, as in a Prometheus histogram. */
  readonly latency: readonly (readonly [upTo: number, count: number])[];
  readonly databaseCalls: number;
  readonly databaseErrors: number;
}

/** One look at an environment: totals of both versions, and whether each answered its health probe. */
export interface Reading {
  readonly at: Instant;
  readonly canary: Look | null;
  readonly baseline: Look | null;
}

export interface Look {
  readonly healthy: boolean;
  /** Why it is not healthy, for people. */
  readonly problem?: string;
  readonly counters: Counters;
}

const measures = ["error-rate", "p50", "p95", "p99", "database-error-rate"] as const;

/** An objective is a threshold on one measure: a share for rates, a duration for latencies. */
export const objective = z.union([
  z.strictObject({
    measure: z.enum(["error-rate", "database-error-rate"]).describe("what is measured"),
    most: share.describe("it must not be more than this"),
  }),
  z.strictObject({
    measure: z.enum(["p50", "p95", "p99"]).describe("what is measured"),
    most: duration.describe("it must not be more than this"),
  }),
]);
/** `most` is in basis points for the two rates, in milliseconds for the latencies. */
export type Objective = { readonly measure: (typeof measures)[number]; readonly most: number };
