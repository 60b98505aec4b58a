import { z } from "zod";
import { SECOND } from "../base/time.ts";
import { gate, type Verdict } from "./gate.ts";

const shape = z.strictObject({});

/** No earlier release owes anything that is overdue and holds releases of this type. */
export const debt = gate<z.infer<typeof shape>>({
  shape: shape.meta({
    description: "no earlier release owes something that is overdue",
    examples: [{}],
  }),
  say: () => "no earlier release owes anything that is overdue",
  ask: (_, { type }) => ({ ask: "debts", type }),
  askAgain: () => 15 * SECOND,
  judge(_, { answer }): Verdict {
    if (answer === undefined) return { verdict: "pending", reason: "debts are being looked for" };
    if (answer.outcome !== "done")
      return { verdict: "error", reason: answer.reason, lift: ["`retry`"] };
    const { overdue, what, lift } = answer.facts;
    if (overdue === 0)
      return { verdict: "pass", reason: "nothing is overdue", evidence: { overdue: 0 } };
    return {
      verdict: "pending",
      reason: `overdue: ${what}`,
      evidence: { overdue: overdue ?? null },
      lift: String(lift ?? "").split("\n"),
    };
  },
});
