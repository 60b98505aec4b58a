import { listed, quoted } from "../base/words.ts";
import type { Finding } from "./finding.ts";
import type { Policy } from "./policy.ts";

/**
 * Whether the release document is in force and its review date still to come.
 * @param today the day in the policy's zone, as 2026-01-31
 */
export function reviewFindings(policy: Policy, today: string): readonly Finding[] {
  const { document } = policy;
  if (document === undefined) return [];
  const { effective, review, approvers, signed } = document;
  const unsigned = approvers.filter((role) => !signed.some(({ as }) => as === role));
  const found = (
    key: "effective" | "review" | "signed",
    sentence: string,
    remedy: string,
  ): Finding => {
    return { rule: "review", severity: "warning", path: ["document", key], sentence, remedy };
  };
  return [
    ...(unsigned.length > 0
      ? [
          found(
            "signed",
            `this policy is not signed for ${listed(unsigned)}`,
            "Let someone of each role sign it under `signed`",
          ),
        ]
      : []),
    ...(review < today
      ? [
          found(
            "review",
            `this policy was to be reviewed by ${quoted(review)}`,
            "Review it, and set the next date",
          ),
        ]
      : []),
    ...(effective > today
      ? [
          found(
            "effective",
            `this policy counts only from ${quoted(effective)}`,
            "Wait, or set the date",
          ),
        ]
      : []),
  ];
}
