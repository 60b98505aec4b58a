import { z } from "zod";
import { name } from "../base/shape.ts";
import { SECOND } from "../base/time.ts";
import { type Answer, gate, type Verdict } from "./gate.ts";

const shape = z.strictObject({
  environment: name.describe("the environment in which no other release may be under way"),
});

/**
 * One release in flight per environment. The claim is kept until the release ends. A release that waited while a newer
 * version went out does not get it any more: it would take that version off the environment again.
 */
export const exclusive = gate<z.infer<typeof shape>>({
  shape: shape.meta({
    description:
      "no other release is under way in the environment, and none of a newer version has gone out there; the place is kept until the release ends",
    examples: [{ environment: "production" }],
  }),
  say: ({ environment }) => `no other release is under way in ${environment}`,
  ask: ({ environment }) => ({ ask: "claim", environment }),
  askAgain: (_, answer) => (newerIn(answer) === null ? 5 * SECOND : null),
  judge({ environment }, { answer }): Verdict {
    if (answer === undefined)
      return { verdict: "pending", reason: `${environment} is being claimed` };
    if (answer.outcome === "done")
      return { verdict: "pass", reason: `${environment} is this release's own` };
    const newer = newerIn(answer);
    if (newer !== null) {
      const lift = ["`abort`, and a new version that has both", "`waive`, to go back on purpose"];
      return { verdict: "fail", reason: answer.reason, evidence: { newer }, lift };
    }
    return {
      verdict: "pending",
      reason: answer.reason,
      lift: [`the release that holds ${environment}, by ending`],
    };
  },
});

/** The newer version that an environment has; null where that is not what stands in the way. */
function newerIn(answer: Answer): string | null {
  const newer = answer.outcome === "failed" ? answer.facts?.["newer"] : undefined;
  return typeof newer === "string" ? newer : null;
}
