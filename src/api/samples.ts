// The shape of samples that programs push: counts of one version since the push before, by its moment.
import { z } from "zod";
import { binOf } from "#core/base/histogram.ts";

const MOST = 500;
const MOST_BINS = 400;
/** The bin of a day. */
const TOP_BIN = binOf(86_400_000);

const count = z.number().min(0).max(Number.MAX_SAFE_INTEGER);
const percent = z.number().min(0).max(100_000);

const histogram = z
  .array(z.tuple([z.int().min(-400).max(TOP_BIN), count]))
  .max(MOST_BINS)
  .refine((bins) => bins.every(([bin], at) => at === 0 || bin > (bins[at - 1]?.[0] ?? 0)))
  .default([])
  .describe("[bin, count], bins rising; bin k holds what took 1.05^(k/2) to 1.05^((k+1)/2) ms");

/** One push: what a version counted since the push before it. */
const sample = z
  .strictObject({
    arm: z.enum(["canary", "baseline"]).describe("the new version, or the stable one"),
    at: z
      .int()
      .min(0)
      .max(8_640_000_000_000_000)
      .describe("the end of what was counted, ms since 1970-01-01T00:00Z; once for each arm"),
    requests: count,
    errors: count.describe("of them failed"),
    failingClients: count.optional(),
    dbOperations: count.optional(),
    dbErrors: count.optional(),
    cacheHits: count.optional(),
    latency: histogram,
    cpu: percent.optional(),
    memory: percent.optional(),
  })
  .refine(({ requests, errors }) => errors <= requests, { path: ["errors"] })
  .refine(({ requests, cacheHits = 0 }) => cacheHits <= requests, { path: ["cacheHits"] })
  .refine(({ dbOperations = 0, dbErrors = 0 }) => dbErrors <= dbOperations, { path: ["dbErrors"] })
  .refine(({ requests, latency }) => latency.reduce((sum, [, n]) => sum + n, 0) <= requests, {
    path: ["latency"],
  })
  .meta({ id: "PushedSample" });

export const pushBody = z
  .strictObject({ samples: z.array(sample).min(1).max(MOST) })
  .meta({ id: "Push" });

export const pushReport = z
  .object({
    fresh: z.int().describe("how many of them were new; the others had been taken in before"),
  })
  .meta({ id: "Pushed" });
