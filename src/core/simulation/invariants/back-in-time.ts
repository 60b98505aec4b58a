import { isRecord } from "../swarm/chronicle.ts";
import type { Invariant } from "./invariant.ts";

export const backInTime: Invariant = {
  rule: "A rollback brings the old version back, verified, within the bound that was derived for it when it was decided, as long as each of its steps succeeds at its first attempt and answers in its time.",
  on: {
    ReleaseEnded: ({ chronicle: { back } }, { how }) =>
      how === "rolled-back" && back === null ? "rolled back without a decision" : null,
    StepDone({ chronicle: { back }, slow }, { step }, { at }) {
      if (back === null || !back.smooth || slow) return null;
      const last = back.steps.findLast(({ id }) => !isRecord(id));
      const took = at - back.at;
      return step === last?.id && took > back.bound
        ? `it took ${took} ms, bound is ${back.bound} ms`
        : null;
    },
  },
};
