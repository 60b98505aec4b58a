import { formatDuration, type Millis } from "../../base/time.ts";
import { quoted } from "../../base/words.ts";
import type { Found, Rule } from "../finding.ts";
import type { Policy } from "../policy.ts";
import { opensAt, waitOf } from "../timeline.ts";
import { acrossTypes } from "./across-types.ts";

/** A record is young enough when it is relied on: at the end of its phase's waits, and when the last environment is reached. */
export const evidenceAge: Rule = (policy) => acrossTypes(policy, (type) => oldIn(policy, type));

function oldIn(policy: Policy, type: string): Found[] {
  const phases = policy.types[type]?.phases ?? [];
  const last = phases.findLast((phase) => policy.phases[phase]?.environment !== undefined);
  const final = policy.phases[last ?? ""]?.environment;
  const reached = phases.findIndex((phase) => policy.phases[phase]?.environment === final);
  return phases.flatMap((phase, index) =>
    (policy.phases[phase]?.gates ?? []).flatMap((gate): Found[] => {
      const evidence = policy.gates[gate]?.evidence;
      if (evidence === undefined) return [];
      const wait = waitOf(policy, phase);
      const until =
        final === undefined || reached < index
          ? 0
          : lapse(policy, phases.slice(index, reached + 1));
      const age = Math.max(wait, until);
      if (age < evidence.younger) return [];
      const relied =
        until >= wait ? `${quoted(final ?? "")} is reached` : `${quoted(phase)} goes on`;
      return [
        {
          severity: "warning",
          path: ["gates", gate, "evidence", "younger"],
          sentence: `the record ${quoted(evidence.record)} may be ${formatDuration(evidence.younger)} old, and is older when it is relied on`,
          counterexample: `one that is made when ${quoted(phase)} opens is ${formatDuration(age)} old when ${relied}`,
          remedy: "Ask for it in a later phase, or allow a greater age",
        },
      ];
    }),
  );
}

/** The least time from the first of some phases to the work of the last: what their openings and waits make of it. */
function lapse(policy: Policy, phases: readonly string[]): Millis {
  let [at, begins]: [Millis, Millis | null] = [0, null];
  for (const phase of phases) {
    const opens = opensAt(policy, phase);
    if (opens !== null) {
      begins ??= opens - at;
      at = Math.max(at, opens - begins);
    }
    at += waitOf(policy, phase);
  }
  return at;
}
