import type { Answer } from "#core/gates/gate.ts";
import type { Release } from "#core/release/state.ts";
import type { Work } from "#core/steps/step.ts";
import type { Repository } from "../ports/outside.ts";
import { writtenName } from "./write.ts";

/** Tags the commit of a release, or the one that `write` made of it. */
export async function setTag(
  repository: Repository,
  { name, commit, message, written, sign, push }: Extract<Work, { ask: "tag" }>,
  { plan }: Release,
): Promise<Answer> {
  const of = written
    ? await repository.resolve(`refs/holdpoint/${writtenName(plan.release)}`)
    : commit;
  if (of === null)
    return {
      outcome: "failed",
      reason: "no step `write` has written this release down, so there is no such commit to tag",
    };
  return await repository.tag({ name, commit: of, message, sign, push });
}
