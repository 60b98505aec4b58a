import { z } from "zod";
import { dayAfter, momentOfDay } from "../base/time.ts";
import { type GateContext, gate, type Verdict } from "./gate.ts";

const shape = z.strictObject({});

/** The policy itself is in force: its effective date has come, every approver has signed, and its review is not overdue. */
export const inForce = gate<z.infer<typeof shape>>({
  shape: shape.meta({
    description: "the policy itself is signed, in force, and its review is not overdue",
    examples: [{}],
  }),
  say: () => "the release document is signed, in force and not overdue for review",
  ask: () => null,
  judge(_, { now }, context): Verdict {
    const { document: of, zone } = context;
    const lift = ["sign or review the policy, then `revise`"];
    if (of === undefined)
      return { verdict: "fail", reason: "the policy has no `document` with dates", lift };
    const unsigned = unsignedBy(context);
    if (unsigned.length > 0)
      return { verdict: "fail", reason: `not signed by ${unsigned.join(", ")}`, lift };
    const begins = momentOfDay(of.effective, zone);
    if (now < begins) {
      const reason = `the policy counts only from ${of.effective}`;
      return { verdict: "pending", reason, until: begins, lift: [`the clock, on ${of.effective}`] };
    }
    const over = momentOfDay(dayAfter(of.review), zone);
    return now < over
      ? { verdict: "pass", reason: `signed, to be reviewed by ${of.review}`, until: over }
      : { verdict: "fail", reason: `its review was due by ${of.review}`, lift };
  },
});

/** The approvers' roles of which nobody has signed the policy yet. */
export function unsignedBy({
  document: of,
  roles,
}: Pick<GateContext, "document" | "roles">): readonly string[] {
  const signed = (of?.signed ?? []).filter(({ by, as }) => roles[as]?.includes(by) === true);
  return (of?.approvers ?? []).filter((role) => !signed.some(({ as }) => as === role));
}
