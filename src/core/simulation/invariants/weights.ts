import type { Invariant } from "./invariant.ts";

export const weights: Invariant = {
  rule: "A weight is a whole number of basis points from 0 to 10,000, the stable version has the rest, and only a version that runs is given traffic.",
  work({ outside, doer }, { wanted }) {
    if (wanted.ask !== "weigh") return null;
    const { environment, canary } = wanted;
    if (!Number.isInteger(canary) || canary < 0 || canary > 10_000) return `a weight of ${canary}`;
    const { canary: beside, stable } = outside.place(environment);
    const runs = beside === doer.version || stable === doer.version;
    return canary > 0 && !runs
      ? `${doer.version} gets ${canary} in ${environment}, and does not run`
      : null;
  },
  state: ({ release: { guard } }) =>
    guard !== null && (guard.weight < 0 || guard.weight > 10_000)
      ? `the guard knows a weight of ${guard.weight}`
      : null,
};
