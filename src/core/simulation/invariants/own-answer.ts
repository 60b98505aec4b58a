import type { Course } from "../swarm/course.ts";
import type { Finding, Invariant } from "./invariant.ts";

export const ownAnswer: Invariant = {
  rule: "An answer counts for the very question that it was given to: one that comes late never answers another attempt, another gate or another ask, and one that comes twice counts once.",
  on: {
    GateAnswered(course, { gate, ask }) {
      const key = answered(course);
      if (isTaken(course)) return `${key} is answered twice`;
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

/** Whether what is being answered was answered before. */
function isTaken({ saying, taken }: Course): boolean {
  return saying?.ask === "answer" && taken.has(saying.intent);
}

function ofAttempt(course: Course, { step }: { readonly step: string }): Finding {
  const key = answered(course);
  if (isTaken(course)) return `${key} is answered twice`;
  const { begun } = course.chronicle.stepNotes(step);
  const isOwn = key === null || key.startsWith(`${step}/${begun}/`);
  return isOwn ? null : `${key} is taken for an answer to attempt ${begun} of ${step}`;
}
