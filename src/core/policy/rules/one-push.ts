import { quoted } from "../../base/words.ts";
import type { Found, Rule } from "../finding.ts";
import type { Policy } from "../policy.ts";
import { plannedSteps } from "../specs.ts";
import { acrossTypes } from "./across-types.ts";

/** What is deployed in order is not set going by one and the same push: what listens to it begins at once. */
export const onePush: Rule = (policy) => acrossTypes(policy, (type) => repeated(policy, type));

function repeated(policy: Policy, type: string): Found[] {
  const first = new Map<string, string>();
  return plannedSteps(policy, type).flatMap(({ kind, config, phase, index }): Found[] => {
    if (kind !== "run") return [];
    const { run } = config as { run: readonly string[] };
    if (run[0] !== "git" || !run.includes("push")) return [];
    const push = run.join(" ");
    const before = first.get(push);
    if (before === undefined) {
      first.set(push, phase);
      return [];
    }
    return [
      {
        severity: "error",
        path: ["phases", phase, "steps", index, "run"],
        sentence: `${quoted(phase)} is to come after ${quoted(before)}, and both are deployed by the same ${quoted(push)}`,
        counterexample: `the push of ${quoted(before)} sets both going; this one finds everything up to date, and what it deploys may be out before ${quoted(before)} was looked at`,
        remedy: "Deploy each by a command of its own",
      },
    ];
  });
}
