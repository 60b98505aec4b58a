import type { Invariant } from "./invariant.ts";

export const givenBack: Invariant = {
  rule: "A release that has ended gives back every environment that it had, and none before it has ended; one that a late rollback has frozen not before a person has lifted that.",
  work({ chronicle }, { wanted }) {
    if (wanted.ask !== "free") return null;
    if (chronicle.ended === null && chronicle.withdrawn === null)
      return `${wanted.environment} is given back too early`;
    return chronicle.frozen === wanted.environment
      ? `${wanted.environment} is given back, and is frozen`
      : null;
  },
  rest({ outside, doer }) {
    const kept = [...outside.claims].find(([, release]) => release === doer.release);
    return kept && `${kept[0]} was never given back`;
  },
};
