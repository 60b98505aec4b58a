import { z } from "zod";
import { duration, share } from "../base/shape.ts";
import { DAY, type Millis } from "../base/time.ts";

/**
 * How a measure is counted against its objective (SRE workbook, chapter 2; OpenSLO's budgeting methods):
 * - occurrences: each request, each call, is good or bad
 * - slices: each minute is good or bad
 */
type CountedBy = "occurrences" | "slices";

/** Every measure: what the objective's limit is, and how it is counted. */
export const MEASURES = {
  "error-rate": { limit: "most", unit: "share", by: "occurrences" },
  success: { limit: "least", unit: "share", by: "occurrences" },
  p50: { limit: "most", unit: "duration", by: "occurrences" },
  p95: { limit: "most", unit: "duration", by: "occurrences" },
  p99: { limit: "most", unit: "duration", by: "occurrences" },
  "database-error-rate": { limit: "most", unit: "share", by: "occurrences" },
  "cache-hits": { limit: "least", unit: "share", by: "occurrences" },
  availability: { limit: "least", unit: "share", by: "slices" },
  cpu: { limit: "most", unit: "share", by: "slices" },
  memory: { limit: "most", unit: "share", by: "slices" },
} as const satisfies Record<string, { limit: "most" | "least"; unit: string; by: CountedBy }>;

export type Measure = keyof typeof MEASURES;

/** The longest time that a budget may be counted over: what is measured is kept for as long. */
export const LONGEST_PERIOD: Millis = 90 * DAY;
const PERIOD: Millis = 30 * DAY;
const MINUTES = 9900;

const over = duration
  .refine((length) => length >= DAY && length <= LONGEST_PERIOD, "between 1 d and 90 d")
  .optional()
  .describe("how far back its error budget counts; 30 d where it is left out");

/** An objective: a limit on one measure. It says both when a version breaks it now, and how large its error budget is. */
export const objective = z.union([
  z.strictObject({
    measure: z.enum(["error-rate", "database-error-rate"]).describe("what is measured"),
    most: share.describe("it must not be more than this"),
    over,
  }),
  z.strictObject({
    measure: z.enum(["success", "availability", "cache-hits"]).describe("what is measured"),
    least: share.describe("it must not be less than this"),
    over,
  }),
  z.strictObject({
    measure: z.enum(["p50", "p95", "p99"]).describe("what is measured"),
    most: duration.describe("it must not be more than this"),
    over,
  }),
  z.strictObject({
    measure: z.enum(["cpu", "memory"]).describe("what is measured"),
    most: share.describe("it must not be more than this"),
    minutes: share
      .optional()
      .describe("share of all minutes in which it must be kept; 99 % where it is left out"),
    over,
  }),
]);
/** `most`, `least` and `minutes` are in basis points, of latencies in milliseconds. */
export type Objective = z.infer<typeof objective>;
export type Objectives = Readonly<Record<string, Objective>>;

/** The limit of an objective: basis points, of latencies milliseconds. */
export function limitOf(objective: Objective): number {
  return "least" in objective ? objective.least : objective.most;
}

/** How far back its budget counts, in ms. */
export function periodOf({ over }: Objective): Millis {
  return over ?? PERIOD;
}

/**
 * The share of what is counted that may be bad, 0 to 1. "p95 at most 300 ms" is the promise that 95 % of the requests take
 * at most 300 ms, so 5 % of them may be slower.
 */
export function allowed(objective: Objective): number {
  switch (objective.measure) {
    case "error-rate":
    case "database-error-rate":
      return objective.most / 10_000;
    case "success":
    case "availability":
    case "cache-hits":
      return (10_000 - objective.least) / 10_000;
    case "p50":
      return 0.5;
    case "p95":
      return 0.05;
    case "p99":
      return 0.01;
    case "cpu":
    case "memory":
      return (10_000 - (objective.minutes ?? MINUTES)) / 10_000;
  }
}
