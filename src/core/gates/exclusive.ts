import { z } from "zod";
import { name } from "../base/shape.ts";
import { SECOND } from "../base/time.ts";
import { gate, type Verdict } from "./gate.ts";

const shape = z.strictObject({
  environment: name.describe("the environment in which no other release may be under way"),
});

/** One release in flight per environment. The claim is kept until the release ends. */
export const exclusive = gate<z.infer<typeof shape>>({
  shape: shape.meta({
    description:
      "no other release is under way in the environment; the place is kept until the release ends",
    examples: [{ environment: "production" }],
  }),
  say: ({ environment }) => `no other release is under way in ${environment}`,
  ask: ({ environment }) => ({ ask: "claim", environment }),
  askAgain: () => 5 * SECOND,
  judge({ environment }, { answer }): Verdict {
    if (answer === undefined)
      return { verdict: "pending", reason: `${environment} is being claimed` };
    if (answer.outcome === "done")
      return { verdict: "pass", reason: `${environment} is this release's own` };
    return {
      verdict: "pending",
      reason: answer.reason,
      lift: [`the release that holds ${environment}, by ending`],
    };
  },
});
