import type { PlannedStep } from "../../release/plan.ts";
import type { Invariant } from "./invariant.ts";

export const noReturn: Invariant = {
  rule: "Past the point of no return nothing is rolled back; before it, nothing that must be undone is aborted or left stopped where the way back is open.",
  event({ chronicle, saying }, { event }) {
    if (!["RollbackDecided", "ReleaseStopped", "ReleaseEnded"].includes(event.type)) return null;
    const begun = chronicle.line.filter(({ id }) => chronicle.steps.has(id));
    const last = begun.findLast(({ environment }) => environment !== undefined)?.environment;
    const closed = begun.find(
      (step) => isFinal(step) && (step.environment === undefined || step.environment === last),
    );
    if (event.type === "RollbackDecided") return closed && `rolled back after ${closed.id}`;
    const over = new Set(begun.filter(isFinal).map(({ environment }) => environment));
    const open =
      closed === undefined &&
      chronicle.back === null &&
      begun.some((step) => isUndone(step) && !over.has(step.environment));
    if (event.type === "ReleaseEnded" && event.how === "aborted")
      return open ? "aborted, and it could be undone" : null;
    // Traffic that a freeze could not send back is for a person to judge.
    const isRetreat = saying?.ask === "answer" && saying.intent.endsWith("/retreat");
    return event.type === "ReleaseStopped" && open && !isRetreat
      ? "stopped, and the way back was open"
      : null;
  },
};

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
