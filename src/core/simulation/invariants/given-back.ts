import type { Invariant } from "./invariant.ts";

export const givenBack: Invariant = {
  rule: "A release that has ended gives back every environment that it had, and none before it has ended.",
  work({ chronicle }, { wanted }) {
    return wanted.ask === "free" && chronicle.ended === null && chronicle.withdrawn === null
      ? `${wanted.environment} is given back too early`
      : null;
  },
  rest({ outside, doer }) {
    const kept = [...outside.claims].find(([, release]) => release === doer.release);
    return kept && `${kept[0]} was never given back`;
  },
};
