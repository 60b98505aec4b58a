import type { Invariant } from "./invariant.ts";

export const onlyBack: Invariant = {
  rule: "A rollback is decided once, and from then on only its own steps begin: nothing goes forward, and no traffic is sent to the new version.",
  event({ chronicle }, { event }) {
    if (chronicle.back === null) return null;
    if (event.type === "RollbackDecided") return "it is rolled back a second time";
    if (event.type === "StepStarted" && !event.step.startsWith("rollback/"))
      return `${event.step} begins on the way back`;
    return event.type === "ReleaseEnded" && event.how !== "rolled-back"
      ? `${event.how} on the way back`
      : null;
  },
  work: ({ chronicle }, { wanted }) =>
    chronicle.back !== null && wanted.ask === "weigh" && wanted.canary > 0
      ? `a weight of ${wanted.canary} on the way back`
      : null,
};
