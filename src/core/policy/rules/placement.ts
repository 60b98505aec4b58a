import { quoted } from "../../base/words.ts";
import type { Rule } from "../finding.ts";
import { stepSpec } from "../specs.ts";

const ALWAYS: readonly string[] = ["deploy", "shift", "warm", "verify", "promote", "retire"];

/** A step that works in an environment stands in a phase that has one. */
export const placement: Rule = (policy) =>
  Object.entries(policy.phases).flatMap(([name, { environment, steps }]) => {
    if (environment !== undefined) return [];
    return steps.flatMap((text, index) => {
      const { kind } = stepSpec(text);
      if (!ALWAYS.includes(kind) && (text.smoke?.paths.length ?? 0) === 0) return [];
      return [
        {
          severity: "error" as const,
          path: ["phases", name, "steps", index, kind],
          part: "key" as const,
          sentence: `${quoted(kind)} works in an environment, and the phase ${quoted(name)} has none`,
          remedy: `Say \`environment:\` in the phase`,
        },
      ];
    });
  });
