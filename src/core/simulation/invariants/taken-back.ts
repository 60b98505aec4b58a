import type { PlannedStep } from "../../release/plan.ts";
import { isRecord } from "../swarm/chronicle.ts";
import type { Invariant } from "./invariant.ts";

export const takenBack: Invariant = {
  rule: "A release that was rolled back has left nothing behind: traffic, versions and every command that has an undo, up to what its environments have closed over, and the stable version was verified.",
  on: {
    ReleaseEnded({ chronicle, outside, doer }, { how }) {
      if (how !== "rolled-back") return null;
      const begun = chronicle.line.filter(({ id }) => chronicle.steps.has(id));
      const closed = new Set(
        begun.filter(({ kind }) => kind === "promote").map(({ environment }) => environment),
      );
      const left = begun.find(
        (step) =>
          !closed.has(step.environment) && isStanding(step, outside.standing.get(doer.release)),
      );
      if (left !== undefined) return `${left.id} was not taken back`;
      const { verify } = chronicle.plan.terms.rollback;
      const proofs = (chronicle.back?.steps ?? []).filter(({ id }) =>
        id.startsWith("rollback/verify-"),
      );
      const places = new Set(
        chronicle.back?.steps
          .filter(({ id }) => !isRecord(id))
          .map(({ environment }) => environment)
          .filter((one) => one !== undefined),
      );
      if (proofs.length < verify.length * places.size) return "the stable version was not verified";
      const undone = chronicle.back?.steps.find(({ id }) => !chronicle.done.includes(id));
      if (undone !== undefined) return `${undone.id} was not done`;
      return leftBehind(outside.places, doer.version);
    },
  },
};

function leftBehind(
  places: ReadonlyMap<string, { canary: string | null; weight: number }>,
  version: string,
): string | null {
  const [environment] = [...places].find(([, { canary }]) => canary === version) ?? [];
  return environment === undefined ? null : `${version} was left behind in ${environment}`;
}

/** Whether a command that could be taken back still stands. */
function isStanding({ config }: PlannedStep, standing: ReadonlySet<string> = new Set()): boolean {
  const { undo } = config as { undo?: readonly string[] };
  return undo?.[1] !== undefined && standing.has(undo[1]);
}
