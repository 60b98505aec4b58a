import type { Invariant } from "./invariant.ts";

export const soaked: Invariant = {
  rule: "Weights are set in the order of the policy, each soaks for its whole time before the next or before the step is done, and a phase does not open before its time.",
  on: {
    PhaseOpened({ chronicle }, { phase }, { at }) {
      const opensAt = chronicle.plan.phases.find(({ name }) => name === phase)?.opensAt ?? null;
      return opensAt !== null && at < opensAt
        ? `${phase} opens ${opensAt - at} ms too early`
        : null;
    },
    StepDone({ chronicle, weighed }, { step: id }, { at }) {
      const { kind, config } = chronicle.stepNotes(id).step;
      if (kind !== "shift") return null;
      const { weights, soak } = config as { weights: readonly number[]; soak: number };
      const set = weighed.filter(({ step }) => step === id).slice(-weights.length);
      if (set.map(({ weight }) => weight).join() !== weights.join())
        return `${id} has set ${set.map(({ weight }) => weight)}`;
      const moments = [...set.map((one) => one.at), at];
      return moments.some((moment, index) => index > 0 && moment - (moments[index - 1] ?? 0) < soak)
        ? `${id} did not soak`
        : null;
    },
  },
};
