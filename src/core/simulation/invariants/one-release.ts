import type { Invariant } from "./invariant.ts";

export const oneRelease: Invariant = {
  rule: "One release at a time works in an environment: no other touches what it serves.",
  work({ outside, doer }, { wanted }) {
    if (!("environment" in wanted) || wanted.environment === undefined) return null;
    if (["claim", "free", "measure", "look", "budget", "command"].includes(wanted.ask)) return null;
    const holder = outside.claims.get(wanted.environment);
    return holder === doer.release
      ? null
      : `${doer.release} works in ${wanted.environment}, which ${holder ?? "nobody"} has`;
  },
};
