import { z } from "zod";
import { duration, share } from "../base/shape.ts";
import { DAY, MINUTE, SECOND } from "../base/time.ts";

const count = z.number().int().min(1).max(1000);

/** What makes Holdpoint turn back by itself. Each is armed from the first exposure until the release ends. */
export const triggers = z.strictObject({
  health: z
    .strictObject({
      failures: count.default(3).describe("failed looks in a row, the stable version being well"),
      share: share
        .default(2000 as never)
        .describe("share of its probes that fails lately and lets nothing go on"),
      over: duration.default(2 * MINUTE).describe("how far back that share is counted"),
    })
    .optional()
    .describe("the new version does not answer its health probe"),
  errors: z
    .strictObject({
      above: share.describe("error rate of the new version that is a critical spike"),
      requests: count.default(20).describe("fewest requests to judge on"),
      over: duration.default(15 * SECOND).describe("how far back it looks"),
    })
    .optional()
    .describe("the error rate of the new version leaps up"),
  objectives: z
    .strictObject({
      for: duration.default(MINUTE).describe("how long an objective must be broken"),
      requests: count.default(100).describe("fewest requests to judge on"),
    })
    .optional()
    .describe("the new version breaks an objective"),
  database: z
    .strictObject({
      failures: count.default(3).describe("bad looks in a row, the stable version being well"),
      above: share
        .default(5000 as never)
        .describe("share of database calls that fail in a bad look"),
      calls: count.default(5).describe("fewest calls to judge on"),
    })
    .optional()
    .describe("calls to the database fail"),
  latency: z
    .strictObject({
      times: z
        .number()
        .min(1.1)
        .max(1000)
        .describe("p95 of the new version over that of the stable one"),
      requests: count.default(50).describe("fewest requests of each to judge on"),
      over: duration.default(30 * SECOND).describe("how far back it looks"),
    })
    .optional()
    .describe("the new version is slower than the stable one"),
  budget: z
    .strictObject({
      spends: share
        .default(200 as never)
        .describe(
          "share of an error budget that may go on one release, beyond what the stable version would have spent meanwhile",
        ),
    })
    .optional()
    .describe("the new version spends too much of an error budget: nothing goes on"),
  worse: z
    .strictObject({
      chance: share
        .default(100 as never)
        .describe("how often at most a version that is no worse may be turned back"),
      watch: duration
        .default(7 * DAY)
        .describe("how long it is watched at most; that chance is spread over this time"),
    })
    .optional()
    .describe(
      "errors, latency or database calls of the new version are worse than those of the stable one by all statistical evidence; `continue` then needs evidence too",
    ),
});
export type Triggers = z.infer<typeof triggers>;
