import { z } from "zod";
import { name } from "../base/shape.ts";

const alert = z.strictObject({
  channels: z.array(name).min(1).max(100).describe("the channels that are told"),
  message: name.describe("the message"),
});

/** Whom people are told through, by how grave it is; nobody is alerted of a severity that is left out. */
export const alerts = z
  .strictObject({
    critical: alert
      .optional()
      .describe(
        "somebody must come: a rollback, one that is late, a stop, a budget that burns fast",
      ),
    warning: alert
      .optional()
      .describe("somebody should look: held for 10 min, a step in doubt, a budget that burns"),
    info: alert.optional().describe("good to know: reports of a watch"),
  })
  .default({});
