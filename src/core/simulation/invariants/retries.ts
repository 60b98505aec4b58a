import type { Invariant } from "./invariant.ts";

export const retries: Invariant = {
  rule: "A step is tried again only after its attempt has failed or was settled as not done, and after a failure only as often as the policy says, unless a person has it go on.",
  on: {
    StepStarted({ chronicle }, { step, attempt }) {
      const { begun, over } = chronicle.stepNotes(step);
      if (over < begun) return `${step} is begun again, and its attempt ${begun} is under way`;
      return attempt === begun + 1 ? null : `attempt ${attempt} of ${step} follows ${begun}`;
    },
    StepFailed({ chronicle }, { step: id, final }) {
      const { begun, forgiven, step } = chronicle.stepNotes(id);
      const tried = begun - forgiven;
      return final === tried > step.retries
        ? null
        : `${id} has failed ${final ? "for good" : "not for good"} after ${tried} of ${step.retries + 1} attempts`;
    },
  },
};
