import type { Course } from "../swarm/course.ts";
import type { Finding, Invariant } from "./invariant.ts";

export const ownAnswer: Invariant = {
  rule: "An answer counts for the very question that it was given to: one that comes late or twice never answers another attempt, another gate or another ask.",
  on: {
    GateAnswered(course, { gate, ask }) {
      const key = answered(course);
      return key === null || key === `${gate}/${ask}` ? null : `${key} answers ${gate}, ask ${ask}`;
    },
    StepAnswered: ofAttempt,
    StepFailed: ofAttempt,
    StepInDoubt: ofAttempt,
  },
};

/** The key of the question that is being answered; null where something else is said. */
function answered({ saying, doer }: Course): string | null {
  return saying?.ask === "answer" ? saying.intent.slice(doer.release.length + 1) : null;
}

function ofAttempt(course: Course, { step }: { readonly step: string }): Finding {
  const key = answered(course);
  const { begun } = course.chronicle.stepNotes(step);
  const isOwn = key === null || key.startsWith(`${step}/${begun}/`);
  return isOwn ? null : `${key} is taken for an answer to attempt ${begun} of ${step}`;
}
