import type { Invariant } from "./invariant.ts";

export const inOrder: Invariant = {
  rule: "Steps are taken in the order of the plan: each begins when every one before it is done, and none is left out.",
  event({ chronicle }, { event }) {
    if (event.type === "PhasePassed") {
      const phase = chronicle.plan.phases.find(({ name }) => name === event.phase);
      const open = phase?.steps.find(({ id }) => !chronicle.done.includes(id));
      return open && `${event.phase} is passed, and ${open.id} is not done`;
    }
    if (event.type !== "StepStarted") return null;
    const line = chronicle.withdrawn ?? chronicle.back?.steps ?? chronicle.line;
    const at = line.findIndex(({ id }) => id === event.step);
    if (at < 0) return `${event.step} begins, which is not in the plan`;
    const open = line.slice(0, at).find(({ id }) => !chronicle.done.includes(id));
    if (open !== undefined) return `${event.step} begins, and ${open.id} is not done`;
    return chronicle.done.includes(event.step) ? `${event.step} begins, and is done` : null;
  },
};
