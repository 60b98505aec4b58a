import { freezeOn, nextFreeze } from "./freezes.ts";
import type { Invariant } from "./invariant.ts";

export const paused: Invariant = {
  rule: "While a freeze is on that stops running work, no step of a phase begins and no weight is set, and what is at work wakes for its beginning; in a blackout no work begins in an environment. A way back and a withdrawal are held by neither.",
  on: {
    StepStarted({ chronicle: { plan } }, { step, attempt }, { at }) {
      if (step.startsWith("rollback/") || step.startsWith("withdrawal/")) return null;
      const freeze = freezeOn(plan, at);
      if (freeze === null) return null;
      if ((freeze.running ?? "finish") !== "finish") return `${step} begins in a freeze`;
      const phase = plan.phases.find(({ steps }) => steps.some(({ id }) => id === step));
      const begins = phase?.environment !== undefined && phase.steps[0]?.id === step;
      return freeze.kind === "blackout" && begins && attempt === 1
        ? `${step} begins in a blackout`
        : null;
    },
  },
  wants({ chronicle: { plan }, release: { stand }, now }, { wakeAt }) {
    if (stand.at !== "phase" || stand.work === null) return null;
    const begins = nextFreeze(plan, now);
    return begins !== null && (wakeAt ?? Number.POSITIVE_INFINITY) > begins
      ? "it sleeps through the beginning of a freeze"
      : null;
  },
  work({ chronicle: { plan, back }, now }, { wanted }) {
    if (wanted.ask !== "weigh" || wanted.canary === 0 || back !== null) return null;
    const stops = (freezeOn(plan, now)?.running ?? "finish") !== "finish";
    return stops ? `a weight of ${wanted.canary} is set in a freeze` : null;
  },
};
