import type { Invariant } from "./invariant.ts";

export const noLostRequests: Invariant = {
  rule: "No version that gets traffic is stopped: `retire` comes at weight 0, `promote` at weight 100 %.",
  work({ outside, doer }, { wanted }) {
    if (wanted.ask !== "retire" && wanted.ask !== "promote") return null;
    const { canary, weight } = outside.place(wanted.environment);
    if (canary !== doer.version) return null;
    const should = wanted.ask === "retire" ? 0 : 10_000;
    return weight === should ? null : `${wanted.ask} of ${doer.version} at a weight of ${weight}`;
  },
};
