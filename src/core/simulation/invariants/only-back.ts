import type { Invariant } from "./invariant.ts";

export const onlyBack: Invariant = {
  rule: "A rollback is decided once, and from then on only its own steps begin: nothing goes forward, and no traffic is sent to the new version.",
  on: {
    RollbackDecided: ({ chronicle }) =>
      chronicle.back === null ? null : "it is rolled back a second time",
    StepStarted: ({ chronicle }, { step }) =>
      chronicle.back === null || step.startsWith("rollback/")
        ? null
        : `${step} begins on the way back`,
    ReleaseEnded: ({ chronicle }, { how }) =>
      chronicle.back === null || how === "rolled-back" ? null : `${how} on the way back`,
  },
  work: ({ chronicle }, { wanted }) =>
    chronicle.back !== null && wanted.ask === "weigh" && wanted.canary > 0
      ? `a weight of ${wanted.canary} on the way back`
      : null,
};
