import { listed, quoted } from "../../base/words.ts";
import type { Rule } from "../finding.ts";

/** A phase that is for some release types stands in those alone. */
export const only: Rule = (policy) =>
  Object.entries(policy.types).flatMap(([type, { phases, bumps }]) =>
    phases.flatMap((phase, index) => {
      const types = policy.phases[phase]?.only;
      if (types === undefined || types.includes(type)) return [];
      return [
        {
          severity: "error" as const,
          path: ["types", type, "phases", index],
          sentence: `release type ${type} has the phase ${quoted(phase)}, which is for ${listed(types)} only`,
          counterexample: `a release of type ${type}, which carries a ${listed(bumps, "or")} bump, goes through it`,
          remedy: `Take it out, or add the type to \`phases.${phase}.only\``,
        },
      ];
    }),
  );
