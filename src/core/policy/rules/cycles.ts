import { listed } from "../../base/words.ts";
import { circles } from "../circles.ts";
import type { Rule } from "../finding.ts";

/**
 * What comes after itself never comes: neither phases nor environments wait for each other in a circle. Components that use
 * each other in one rise together or not at all.
 */
export const cycles: Rule = (policy) => {
  const phases = Object.entries(policy.phases).map(([name, { after }]) => [name, after] as const);
  const environments = Object.entries(policy.environments).map(
    ([name, { after }]) => [name, after === undefined ? [] : [after]] as const,
  );
  const components = Object.entries(policy.versioning.components).map(
    ([name, { uses }]) => [name, uses] as const,
  );
  return [
    ...circles(new Map(phases)).map((circle) => found("phases", circle)),
    ...circles(new Map(environments)).map((circle) => found("environments", circle)),
    ...circles(new Map(components)).map(usedByThemselves),
  ];
};

function usedByThemselves(circle: readonly string[]) {
  const [first = ""] = circle;
  return {
    severity: "warning" as const,
    path: ["versioning", "components", first, "uses"],
    sentence: `components use each other in a circle: ${[...circle, first].join(" uses ")}`,
    remedy: `Give them one \`linked\` group, or take one \`uses\` out of ${listed(circle, "or")}`,
  };
}

function found(what: "phases" | "environments", circle: readonly string[]) {
  const [first = ""] = circle;
  return {
    severity: "error" as const,
    path: [what, first, "after"],
    sentence: `${what} wait for each other in a circle: ${[...circle, first].join(" after ")}`,
    remedy: `Take one \`after\` out of ${listed(circle, "or")}`,
  };
}
