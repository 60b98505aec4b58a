import type { Invariant } from "./invariant.ts";

export const withdrawn: Invariant = {
  rule: "Only a version that is out is withdrawn, and once; from then on only what marks it is done, all of it, and the release ends withdrawn.",
  on: {
    VersionWithdrawn: ({ chronicle: { withdrawn, ended } }) =>
      withdrawn === null && ended?.how === "stable" ? null : "it is not out, or withdrawn already",
    StepStarted: ({ chronicle: { withdrawn } }, { step }) =>
      withdrawn === null || withdrawn.some(({ id }) => id === step)
        ? null
        : `${step} begins after the withdrawal`,
    ReleaseEnded({ chronicle: { withdrawn, done } }, { how }) {
      if (how !== "withdrawn") return withdrawn === null ? null : `it ends ${how}`;
      if (withdrawn === null) return "it ends withdrawn, and nobody has withdrawn it";
      const left = withdrawn.find(({ id }) => !done.includes(id));
      return left === undefined ? null : `${left.id} was not done`;
    },
  },
};
