import type { Invariant } from "./invariant.ts";

export const turnsBack: Invariant = {
  rule: "A new version of whose requests half fail, while the stable one is well, does not stay: after the looks that the triggers ask for, the release has turned back or stopped.",
  on: {
    TrafficLooked: ({ chronicle, badLooks }, { verdict }) =>
      chronicle.back === null && badLooks > 4 && verdict !== "rollback"
        ? `${badLooks} bad looks in a row, and the judge says ${verdict}`
        : null,
  },
  state({ release: { stand, guard } }) {
    return stand.at === "phase" && guard?.judged.verdict === "rollback"
      ? "the judge says rollback, and it goes on"
      : null;
  },
};
