import { quoted } from "../../base/words.ts";
import type { Rule } from "../finding.ts";

/** Whoever holds releases until the policy is in force says from when it is, and who signs it. */
export const inForce: Rule = (policy) => {
  if (policy.document !== undefined) return [];
  return Object.entries(policy.gates).flatMap(([gate, text]) =>
    text["in-force"] === undefined
      ? []
      : [
          {
            severity: "error" as const,
            path: ["gates", gate],
            sentence: `${quoted(gate)} waits until the policy is in force, and nothing says when that is, so it can never pass`,
            remedy: "Say it under `document`: `effective`, `review`, and who signs",
          },
        ],
  );
};
