import { z } from "zod";
import { name } from "../base/shape.ts";
import { SECOND } from "../base/time.ts";
import { listed } from "../base/words.ts";
import { armBetween } from "../judge/between.ts";
import type { Look } from "../judge/reading.ts";
import type { Arm } from "../judge/sample.ts";
import { breaches } from "../objectives/breaches.ts";
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
  say: ({ environment, only }) =>
    `what serves in ${environment} keeps ${only.length === 0 ? "all objectives" : listed(only)}`,
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
    const counted = latest(look, before);
    const broken = counted === null ? [] : breaches(Object.fromEntries(wanted), counted);
    const evidence = { requests: counted?.requests ?? 0, errors: counted?.errors ?? 0 };
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

/** What was counted since the look before; all that ever was where there was none, or no request came since. */
function latest(look: Look, before: Answer | undefined): Arm | null {
  const earlier = before?.outcome === "done" ? (before.reading?.baseline ?? null) : null;
  const recent = armBetween(earlier, look);
  return recent !== null && recent.requests > 0 ? recent : armBetween(null, look);
}
