import type { Invariant } from "./invariant.ts";

export const withdrawn: Invariant = {
  rule: "Only a version that is out is withdrawn, and once; from then on only what marks it is done, all of it, and the release ends withdrawn.",
  event({ chronicle }, { event }) {
    const { withdrawn: steps, ended, done } = chronicle;
    if (event.type === "VersionWithdrawn")
      return steps === null && ended?.how === "stable"
        ? null
        : "it is not out, or withdrawn already";
    if (steps === null)
      return event.type === "ReleaseEnded" && event.how === "withdrawn"
        ? "it ends withdrawn, and nobody has withdrawn it"
        : null;
    if (event.type === "StepStarted")
      return steps.some(({ id }) => id === event.step) ? null : `${event.step} begins`;
    if (event.type !== "ReleaseEnded") return null;
    if (event.how !== "withdrawn") return `it ends ${event.how}`;
    const left = steps.find(({ id }) => !done.includes(id));
    return left === undefined ? null : `${left.id} was not done`;
  },
};
