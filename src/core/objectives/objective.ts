import { z } from "zod";
import { duration, share } from "../base/shape.ts";
import { DAY, MINUTE, type Millis } from "../base/time.ts";

/**
 * How a measure is counted against its objective (SRE workbook, chapter 2; OpenSLO's budgeting methods):
 * - occurrences: each request, each call, is good or bad
 * - slices: each minute is good or bad
 * - ratios: each minute weighs the same, and is good by the share of its requests that are
 */
export type CountedBy = "occurrences" | "slices" | "ratios";

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

/** The longest time that a budget may be counted over: what is measured is kept for as long. */
export const LONGEST_PERIOD: Millis = 90 * DAY;
const PERIOD: Millis = 30 * DAY;
const MINUTES = 9900;

const over = duration
  .refine((length) => length >= DAY && length <= LONGEST_PERIOD, "between 1 d and 90 d")
  .optional()
  .describe("how far back its error budget counts; 30 d where it is left out");

const weigh = z
  .enum(["requests", "minutes"])
  .optional()
  .describe(
    "what weighs the same in its error budget: each request, which is so where it is left out, or each minute",
  );

const alerts = z
  .array(
    z.strictObject({
      alert: z.enum(["page", "ticket"]).describe("how grave it is"),
      burns: z
        .number()
        .min(1)
        .max(10_000)
        .describe("how many times faster than allowed the budget burns"),
      over: duration
        .refine((length) => length >= MINUTE && length <= LONGEST_PERIOD, "between 1 min and 90 d")
        .describe("how far back that is measured"),
      for: duration
        .refine((length) => length <= DAY, "at most 1 d")
        .describe("how long it must have been so"),
    }),
  )
  .min(1)
  .max(10)
  .optional()
  .describe(
    "when its error budget burns too fast; the usual four pairs of windows where it is left out",
  );

/** An objective: a limit on one measure. It says both when a version breaks it now, and how large its error budget is. */
export const objective = z.union([
  z.strictObject({
    measure: z.enum(["error-rate", "database-error-rate"]).describe("what is measured"),
    most: share.describe("it must not be more than this"),
    weigh,
    over,
    alerts,
  }),
  z.strictObject({
    measure: z.enum(["success", "cache-hits"]).describe("what is measured"),
    least: share.describe("it must not be less than this"),
    weigh,
    over,
    alerts,
  }),
  z.strictObject({
    measure: z.literal("availability").describe("what is measured"),
    least: share.describe("it must not be less than this"),
    answered: share
      .optional()
      .describe(
        "share of its probes, or of its requests where nothing probes, that a good minute has at least; 50 % where it is left out",
      ),
    over,
    alerts,
  }),
  z.strictObject({
    measure: z.enum(["p50", "p95", "p99"]).describe("what is measured"),
    most: duration.describe("it must not be more than this"),
    over,
    alerts,
  }),
  z.strictObject({
    measure: z.enum(["cpu", "memory"]).describe("what is measured"),
    most: share.describe("it must not be more than this"),
    minutes: share
      .optional()
      .describe("share of all minutes in which it must be kept; 99 % where it is left out"),
    over,
    alerts,
  }),
]);
/** `most`, `least`, `answered` and `minutes` are in basis points, of latencies in milliseconds. */
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

/** How it is counted. */
export function countedBy(objective: Objective): CountedBy {
  if ("weigh" in objective && objective.weigh === "minutes") return "ratios";
  return MEASURES[objective.measure].by;
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
