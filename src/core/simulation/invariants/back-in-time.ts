import { isRecord } from "../swarm/chronicle.ts";
import type { Invariant } from "./invariant.ts";

export const backInTime: Invariant = {
  rule: "A rollback brings the old version back, verified, within the bound that was derived for it when it was decided, as long as each of its steps succeeds at its first attempt and answers in its time.",
  event({ chronicle: { back }, slow }, { event, at }) {
    if (event.type === "ReleaseEnded" && event.how === "rolled-back" && back === null)
      return "rolled back without a decision";
    if (event.type !== "StepDone" || back === null) return null;
    const last = back.steps.findLast(({ id }) => !isRecord(id));
    const took = at - back.at;
    return event.step === last?.id && back.smooth && !slow && took > back.bound
      ? `it took ${took} ms, bound is ${back.bound} ms`
      : null;
  },
};
