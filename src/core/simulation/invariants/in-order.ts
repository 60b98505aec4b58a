import type { Invariant } from "./invariant.ts";

export const inOrder: Invariant = {
  rule: "Steps are taken in the order of the plan: each begins when every one before it is done, and none is left out.",
  on: {
    PhasePassed({ chronicle }, event) {
      const phase = chronicle.plan.phases.find(({ name }) => name === event.phase);
      const open = phase?.steps.find(({ id }) => !chronicle.done.includes(id));
      return open && `${event.phase} is passed, and ${open.id} is not done`;
    },
    StepStarted({ chronicle }, { step }) {
      for (const { id } of chronicle.withdrawn ?? chronicle.back?.steps ?? chronicle.line) {
        const isDone = chronicle.done.includes(id);
        if (id === step) return isDone ? `${step} begins, and is done` : null;
        if (!isDone) return `${step} begins, and ${id} is not done`;
      }
      return `${step} begins, which is not in the plan`;
    },
  },
};
