import type { PlannedStep } from "../../release/plan.ts";
import type { Course } from "../swarm/course.ts";
import type { Invariant } from "./invariant.ts";

export const noReturn: Invariant = {
  rule: "Past the point of no return nothing is rolled back; before it, nothing that must be undone is aborted or left stopped where the way back is open.",
  on: {
    RollbackDecided(course) {
      const { closed } = standing(course);
      return closed && `rolled back after ${closed.id}`;
    },
    ReleaseEnded: (course, { how }) =>
      how === "aborted" && standing(course).isOpen ? "aborted, and it could be undone" : null,
    ReleaseStopped(course) {
      const { saying } = course;
      // Traffic that a freeze could not send back is for a person to judge.
      const isRetreat = saying?.ask === "answer" && saying.intent.endsWith("/retreat");
      return !isRetreat && standing(course).isOpen ? "stopped, and the way back was open" : null;
    },
  },
};

/** The step that has closed the way back, if one has; and whether something must be undone and can be. */
function standing({ chronicle }: Course): { closed: PlannedStep | undefined; isOpen: boolean } {
  const begun = chronicle.line.filter(({ id }) => chronicle.steps.has(id));
  const last = begun.findLast(({ environment }) => environment !== undefined)?.environment;
  const closed = begun.find(
    (step) => isFinal(step) && (step.environment === undefined || step.environment === last),
  );
  const over = new Set(begun.filter(isFinal).map(({ environment }) => environment));
  const isOpen =
    closed === undefined &&
    chronicle.back === null &&
    begun.some((step) => isUndone(step) && !over.has(step.environment));
  return { closed, isOpen };
}

function isFinal({ kind, config }: PlannedStep): boolean {
  const {
    irreversible = false,
    part,
    undo,
  } = config as { irreversible?: boolean; part?: string; undo?: unknown };
  return kind === "promote" || irreversible || (part === "contract" && undo === undefined);
}

function isUndone({ kind, config }: PlannedStep): boolean {
  return kind === "deploy" || kind === "shift" || (config as { undo?: unknown }).undo !== undefined;
}
