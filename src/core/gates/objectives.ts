import { z } from "zod";
import { name } from "../base/shape.ts";
import { SECOND } from "../base/time.ts";
import { breaches, since } from "../judge/measure.ts";
import type { Counters, Look } from "../judge/reading.ts";
import { type Answer, gate, type Verdict } from "./gate.ts";

const shape = z.strictObject({
  environment: name.describe("where the stable version is measured"),
  only: z
    .array(name)
    .default([])
    .meta({ description: "which objectives; all where it is empty", examples: [["latency"]] }),
});

/**
 * Passes while the version that serves now keeps the policy's objectives: no release on top of a breach. The first look
 * has only the totals since that version was started; each further one is judged by what was counted since the one before,
 * or an incident that is over would hold releases for as long as its errors weigh in the totals.
 */
export const objectives = gate<z.infer<typeof shape>>({
  shape: shape.meta({
    description: "the version that serves now keeps the objectives",
    examples: [{ environment: "production" }],
  }),
  ask: ({ environment }) => ({ ask: "measure", environment }),
  askAgain: () => 15 * SECOND,
  judge({ environment, only }, { answer, before }, context): Verdict {
    if (answer === undefined)
      return { verdict: "pending", reason: `${environment} is being measured` };
    if (answer.outcome !== "done") {
      return {
        verdict: "error",
        reason: answer.reason,
        lift: [`make ${environment} measurable`, "`waive` with a reason"],
      };
    }
    const look = answer.reading?.baseline;
    if (!look) {
      return {
        verdict: "pass",
        reason: `nothing serves in ${environment} yet`,
        evidence: { requests: 0 },
      };
    }
    const wanted = Object.entries(context.objectives).filter(
      ([key]) => only.length === 0 || only.includes(key),
    );
    const counters = latest(look, before);
    const broken = breaches(Object.fromEntries(wanted), counters);
    const evidence = { requests: counters.requests, errors: counters.errors };
    if (broken.length === 0)
      return { verdict: "pass", reason: `${wanted.length} objectives are kept`, evidence };
    return {
      verdict: "fail",
      reason: broken.join("; "),
      evidence,
      lift: ["the service, by recovering", "`waive` with a reason"],
    };
  },
});

/** What was counted since the look before; the totals where there was none, or no request came since. */
function latest({ counters }: Look, before: Answer | undefined): Counters {
  const earlier = before?.outcome === "done" ? before.reading?.baseline : undefined;
  if (!earlier) return counters;
  const recent = since(earlier.counters, counters);
  return recent.requests > 0 ? recent : counters;
}
