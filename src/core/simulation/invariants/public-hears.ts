import type { Chronicle } from "../swarm/chronicle.ts";
import type { Invariant } from "./invariant.ts";

export const publicHears: Invariant = {
  rule: "While a release works where the public can see it, the next update is never further away than the policy promises, and none that only time brings comes sooner.",
  on: {
    UpdateGiven({ chronicle: { plan, happened } }, _, { at }) {
      const page = plan.terms["status-page"];
      const last = happened.findLast(({ event }) => event.type === "UpdateGiven")?.at;
      return page !== undefined && last !== undefined && at - last < page.every
        ? `an update came ${at - last} ms after the one before`
        : null;
    },
  },
  wants({ chronicle, now }, { wakeAt }) {
    const page = chronicle.plan.terms["status-page"];
    if (page === undefined || chronicle.begunIn.size === 0 || !isSeen(chronicle)) return null;
    // What was withdrawn had come to its end before: only its records are set right.
    if (chronicle.ended !== null || chronicle.withdrawn !== null) return null;
    if (wakeAt === null) return "it never wakes for the next update";
    return wakeAt - now > page.every ? `the next update is ${wakeAt - now} ms away` : null;
  },
};

/** Whether a step of it has begun in an environment that the page shows. */
function isSeen({ plan, begunIn }: Chronicle): boolean {
  const areas = plan.terms["status-page"]?.areas ?? {};
  return Object.values(areas).some(({ environment }) => begunIn.has(environment));
}
