import type { Rule } from "../finding.ts";

/** Steps of one release type. Long ones have about 30. */
const MOST_OF_TYPE = 200;
/** Steps of all release types together: the time of all other rules depends on it. */
const MOST_OF_ALL = 1000;

/** Release types are short enough to be looked through, step by step and from each step back. */
export const size: Rule = (policy) => {
  const counts = Object.entries(policy.types).map(([type, { phases }]) => {
    const steps = phases.reduce((sum, phase) => sum + (policy.phases[phase]?.steps.length ?? 0), 0);
    return [type, steps] as const;
  });
  const found = (path: string[], sentence: string) => ({
    severity: "error" as const,
    path,
    sentence,
    remedy: "Join steps into scripts, or split the policy",
  });
  const long = counts.filter(([, steps]) => steps > MOST_OF_TYPE);
  const all = counts.reduce((sum, [, steps]) => sum + steps, 0);
  return [
    ...long.map(([type, steps]) =>
      found(
        ["types", type],
        `release type ${type} has ${steps} steps, at most ${MOST_OF_TYPE} are gone through`,
      ),
    ),
    ...(all > MOST_OF_ALL
      ? [
          found(
            ["types"],
            `all release types together have ${all} steps, at most ${MOST_OF_ALL} are gone through`,
          ),
        ]
      : []),
  ];
};
