import { z } from "zod";
import { formatInZone, MINUTE } from "../base/time.ts";
import { PERIODS } from "../calendar/period.ts";
import { gate, type Verdict } from "./gate.ts";

const shape = z.strictObject({
  most: z.number().int().min(1).max(1000).describe("how many releases of the type may go"),
  per: z
    .enum(PERIODS)
    .describe("in each day, week (from Monday), month or quarter of the policy's zone"),
});

/**
 * So many releases of this type in each period, over all releases of the store. A place is taken when the hold is asked,
 * kept once work has begun, and given back by a release that ends without any. Places are names in the store that only one
 * release can have, so that two that ask at once cannot both get the last one.
 */
export const limit = gate<z.infer<typeof shape>>({
  shape: shape.meta({
    description: "so many releases of the type in each period",
    examples: [{ most: 2, per: "week" }],
  }),
  say: ({ most, per }) => `at most ${most} releases of the type in one ${per}`,
  ask: ({ most, per }, { type, zone }) => ({ ask: "place", of: type, most, per, zone }),
  askAgain: () => MINUTE,
  judge({ most, per }, { answer, now }, { type, zone }): Verdict {
    if (answer === undefined)
      return {
        verdict: "pending",
        reason: `the ${type} releases of this ${per} are not counted yet`,
      };
    if (answer.outcome === "unknown")
      return { verdict: "error", reason: answer.reason, lift: ["`retry`"] };
    const ends = answer.facts?.["ends"];
    const until = typeof ends === "number" ? ends : undefined;
    const isOver = until !== undefined && now >= until;
    if (isOver) return { verdict: "pending", reason: `the ${per} in which it was counted is over` };
    if (answer.outcome === "done") {
      return {
        verdict: "pass",
        reason: `it is one of at most ${most} ${type} releases this ${per}`,
        evidence: { place: String(answer.facts["place"]) },
        ...(until !== undefined && { until }),
      };
    }
    if (until === undefined) return { verdict: "error", reason: answer.reason, lift: ["`retry`"] };
    return {
      verdict: "pending",
      reason: `${answer.reason}; the next ${per} begins at ${formatInZone(until, zone)}`,
      until,
      lift: [`the clock, at ${formatInZone(until, zone)}`],
    };
  },
});
