import type { Invariant } from "./invariant.ts";

export const ownAnswer: Invariant = {
  rule: "An answer counts for the very question that it was given to: one that comes late or twice never answers another attempt, another gate or another ask.",
  event({ saying, chronicle, doer }, { event }) {
    if (saying?.ask !== "answer") return null;
    const key = saying.intent.slice(doer.release.length + 1);
    switch (event.type) {
      case "GateAnswered":
        return key === `${event.gate}/${event.ask}`
          ? null
          : `${key} answers ${event.gate}, ask ${event.ask}`;
      case "StepAnswered":
      case "StepFailed":
      case "StepInDoubt": {
        const { begun } = chronicle.stepNotes(event.step);
        const isOwn = key.startsWith(`${event.step}/${begun}/`);
        return isOwn ? null : `${key} is taken for an answer to attempt ${begun} of ${event.step}`;
      }
      default:
        return null;
    }
  },
};
