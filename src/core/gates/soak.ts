import { z } from "zod";
import { duration, name } from "../base/shape.ts";
import { formatDuration, formatInZone } from "../base/time.ts";
import { gate, type Verdict } from "./gate.ts";

const shape = z.strictObject({
  environment: name.describe("where this release must have been"),
  for: duration.describe("how long, counted from the end of its last phase there"),
});

/** This release has been in another environment for so long, counted from the end of the last phase that worked there. */
export const soak = gate<z.infer<typeof shape>>({
  shape: shape.meta({
    description: "the release has been in another environment for so long",
    examples: [{ environment: "staging", for: "24 h" }],
  }),
  say: ({ environment, for: length }) =>
    `it has been in ${environment} for ${formatDuration(length)}`,
  ask: () => null,
  judge({ environment, for: length }, { passed, now }, { zone }): Verdict {
    const since = passed[environment];
    if (since === undefined) {
      return {
        verdict: "pending",
        reason: `the release has passed no phase in ${environment}`,
        lift: [`a phase in ${environment}, by passing`],
      };
    }
    const over = since + length;
    const begun = `in ${environment} since ${formatInZone(since, zone)}`;
    if (now >= over)
      return { verdict: "pass", reason: `${begun}, which is ${formatDuration(now - since)}` };
    const end = formatInZone(over, zone);
    return {
      verdict: "pending",
      reason: `${begun}; ${formatDuration(length)} are over at ${end}`,
      until: over,
      lift: [`the clock, at ${end}`],
    };
  },
});
