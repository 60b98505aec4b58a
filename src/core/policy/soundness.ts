import type { Instant } from "../base/time.ts";
import type { Finding } from "./finding.ts";
import type { Policy } from "./policy.ts";
import { size } from "./rules/size.ts";
import { RULES } from "./rules/table.ts";

/**
 * Everything that the rules find in a policy that was read. Without an error, releases of it can be planned. Of a policy
 * with more steps than the rules can go through in good time, only that is found.
 * @param since the moment from which the calendar is looked at, ten years long; from its stated openings where left out
 */
export function soundness(policy: Policy, since?: Instant): readonly Finding[] {
  const tooLong = size(policy).map((found) => ({ rule: "size", ...found }));
  if (tooLong.length > 0) return tooLong;
  return Object.entries(RULES).flatMap(([rule, { judge }]) =>
    judge(policy, since).map((found) => ({ rule, ...found })),
  );
}
