import { periodAt } from "../../calendar/period.ts";
import type { Invariant } from "./invariant.ts";

export const givenBack: Invariant = {
  rule: "A release that has ended gives back every environment that it had, and none before it has ended; one that a late rollback has frozen not before a person has lifted that. It gives back its place among the releases of a period where it has begun no work, and keeps it where it has.",
  work({ chronicle }, { wanted }) {
    if (wanted.ask === "free-place")
      return chronicle.hasBegun ? "its place is given back after work has begun" : null;
    if (wanted.ask !== "free") return null;
    if (chronicle.ended === null && chronicle.withdrawn === null)
      return `${wanted.environment} is given back too early`;
    return chronicle.frozen === wanted.environment
      ? `${wanted.environment} is given back, and is frozen`
      : null;
  },
  rest({ chronicle, outside, doer, now }) {
    const places = [...outside.limits].filter(([, release]) => release === doer.release);
    if (places.length > 0 && !chronicle.hasBegun) {
      // A place of a day that is over is nobody's loss.
      const { name: day } = periodAt("day", now, "UTC");
      const place = places.find(([name]) => name.includes(day));
      if (place !== undefined) return `${place[0]} was never given back`;
    }
    const kept = [...outside.claims].find(([, release]) => release === doer.release);
    return kept && `${kept[0]} was never given back`;
  },
};
