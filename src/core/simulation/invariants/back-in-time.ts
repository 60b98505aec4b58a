import type { Invariant } from "./invariant.ts";

export const backInTime: Invariant = {
  rule: "A rollback ends, verified, within the bound that was derived for it when it was decided, as long as each of its steps succeeds at its first attempt and answers in its time.",
  on: {
    ReleaseEnded({ chronicle: { back }, slow }, { how }, { at }) {
      if (how !== "rolled-back") return null;
      if (back === null) return "rolled back without a decision";
      const took = at - back.at;
      return back.smooth && !slow && took > back.bound
        ? `it took ${took} ms, bound is ${back.bound} ms`
        : null;
    },
  },
};
