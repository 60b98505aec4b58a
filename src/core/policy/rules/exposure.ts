import { STEPS } from "../../steps/table.ts";
import type { Rule } from "../finding.ts";
import { stepSpec } from "../specs.ts";

/** Whoever sends traffic to a new version says what makes it turn back. */
export const exposure: Rule = (policy) => {
  const exposes = Object.values(policy.phases).some(({ steps }) =>
    steps.some((text) => STEPS[stepSpec(text).kind].exposes === true),
  );
  const triggers = Object.values(policy.rollback.on).filter((trigger) => trigger !== undefined);
  if (!exposes || triggers.length > 0) return [];
  return [
    {
      severity: "warning",
      path: ["rollback", "on"],
      sentence:
        "traffic is shifted to new versions, and nothing makes Holdpoint turn back by itself",
      remedy: "Name triggers: `health`, `errors`, `objectives`, `database`, `latency`",
    },
  ];
};
