import type { Invariant } from "./invariant.ts";

export const soaked: Invariant = {
  rule: "Weights are set in the order of the policy, each soaks for its whole time before the next or before the step is done, and a phase does not open before its time.",
  event({ chronicle, weighed }, { event, at }) {
    if (event.type === "PhaseOpened") {
      const opensAt =
        chronicle.plan.phases.find(({ name }) => name === event.phase)?.opensAt ?? null;
      return opensAt !== null && at < opensAt
        ? `${event.phase} opens ${opensAt - at} ms too early`
        : null;
    }
    if (event.type !== "StepDone") return null;
    const { kind, config } = chronicle.stepNotes(event.step).step;
    if (kind !== "shift") return null;
    const { weights, soak } = config as { weights: readonly number[]; soak: number };
    const set = weighed.filter(({ step }) => step === event.step).slice(-weights.length);
    if (set.map(({ weight }) => weight).join() !== weights.join())
      return `${event.step} has set ${set.map(({ weight }) => weight)}`;
    const moments = [...set.map((one) => one.at), at];
    return moments.some((moment, index) => index > 0 && moment - (moments[index - 1] ?? 0) < soak)
      ? `${event.step} did not soak`
      : null;
  },
};
