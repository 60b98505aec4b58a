import type { Invariant } from "./invariant.ts";

export const retries: Invariant = {
  rule: "A step is tried again only after its attempt has failed or was settled as not done, and after a failure only as often as the policy says, unless a person has it go on.",
  event({ chronicle }, { event }) {
    if (event.type === "StepStarted") {
      const { begun, over } = chronicle.stepNotes(event.step);
      if (over < begun)
        return `${event.step} is begun again, and its attempt ${begun} is under way`;
      return event.attempt === begun + 1
        ? null
        : `attempt ${event.attempt} of ${event.step} follows ${begun}`;
    }
    if (event.type !== "StepFailed") return null;
    const { begun, forgiven, step } = chronicle.stepNotes(event.step);
    const tried = begun - forgiven;
    return event.final === tried > step.retries
      ? null
      : `${event.step} has failed ${event.final ? "for good" : "not for good"} after ${tried} of ${step.retries + 1} attempts`;
  },
};
