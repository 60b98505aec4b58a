import { quoted } from "../../base/words.ts";
import type { Rule } from "../finding.ts";
import { acrossTypes } from "./across-types.ts";

/** No phase waits for what never comes: a release has been where it must have soaked. */
export const reach: Rule = (policy) =>
  acrossTypes(policy, (type) => {
    const phases = policy.types[type]?.phases ?? [];
    return phases.flatMap((phase, index) => {
      const been = phases.slice(0, index).map((one) => policy.phases[one]?.environment);
      return (policy.phases[phase]?.gates ?? []).flatMap((gate) => {
        const environment = policy.gates[gate]?.soak?.environment;
        if (environment === undefined || been.includes(environment)) return [];
        return [
          {
            severity: "error" as const,
            path: ["gates", gate, "soak", "environment"],
            sentence: `no release gets past ${quoted(phase)}: it must have been in ${quoted(environment)}, where it has no phase before`,
            remedy: "Put a phase in that environment before it, or leave the gate out",
          },
        ];
      });
    });
  });
