import type { Finding, Rule } from "./finding.ts";
import type { Policy } from "./policy.ts";
import { cycles } from "./rules/cycles.ts";
import { deployed } from "./rules/deployed.ts";
import { exposure } from "./rules/exposure.ts";
import { noReturn } from "./rules/no-return.ts";
import { order } from "./rules/order.ts";
import { placeholders } from "./rules/placeholders.ts";
import { placement } from "./rules/placement.ts";
import { published } from "./rules/published.ts";
import { quorum } from "./rules/quorum.ts";
import { recurrence } from "./rules/recurrence.ts";
import { references } from "./rules/references.ts";
import { rollbackTime } from "./rules/rollback-time.ts";
import { shellLines } from "./rules/shell-lines.ts";
import { size } from "./rules/size.ts";
import { staff } from "./rules/staff.ts";
import { tags } from "./rules/tags.ts";
import { timing } from "./rules/timing.ts";
import { unused } from "./rules/unused.ts";
import { zones } from "./rules/zones.ts";

/** Every rule of a sound policy: one file, one test, one line here. The key is the finding's `rule`. */
export const RULES: Readonly<Record<string, Rule>> = {
  references,
  placeholders,
  cycles,
  order,
  quorum,
  placement,
  deployed,
  exposure,
  "rollback-time": rollbackTime,
  "no-return": noReturn,
  tags,
  published,
  zones,
  recurrence,
  timing,
  staff,
  unused,
  "shell-lines": shellLines,
};

/**
 * Everything that the rules find in a policy that was read. Without an error, releases of it can be planned. Of a policy
 * with more steps than the rules can go through in good time, only that is found.
 */
export function soundness(policy: Policy): readonly Finding[] {
  const tooLong = size(policy).map((found) => ({ rule: "size", ...found }));
  if (tooLong.length > 0) return tooLong;
  return Object.entries(RULES).flatMap(([rule, judge]) =>
    judge(policy).map((found) => ({ rule, ...found })),
  );
}
