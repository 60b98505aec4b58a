import { quoted } from "../../base/words.ts";
import type { Rule } from "../finding.ts";
import type { Policy } from "../policy.ts";
import { type PlacedStep, plannedSteps } from "../specs.ts";
import { acrossTypes } from "./across-types.ts";

/**
 * What is published was tagged and pushed before, on a forge that the policy names: or the forge would make a tag of its
 * own. And what `write` made is tagged after it was made.
 */
export const published: Rule = (policy) => acrossTypes(policy, (type) => wrongIn(policy, type));

function wrongIn(policy: Policy, type: string) {
  const steps = plannedSteps(policy, type);
  return steps.flatMap((step, at) => {
    const before = steps.slice(0, at);
    if (step.kind === "publish") return wrongPublish(policy, step, before);
    const { of } = step.kind === "tag" ? (step.config as { of: string }) : { of: "" };
    if (of !== "written" || before.some(({ kind }) => kind === "write")) return [];
    return [
      fault(
        step,
        "nothing has written the release down yet, so there is no such commit to tag",
        "Put a step `write` before it, or leave `of` out",
      ),
    ];
  });
}

function wrongPublish(policy: Policy, step: PlacedStep, before: readonly PlacedStep[]) {
  if (policy.forge === undefined)
    return [
      fault(
        step,
        `${quoted("publish")} has nowhere to go`,
        "Name the `forge`, or leave the step out",
      ),
    ];
  const tagged = before.some(
    ({ kind, config }) =>
      kind === "tag" &&
      (config as { push?: string; pattern?: string }).push !== undefined &&
      (config as { pattern?: string }).pattern === undefined,
  );
  if (tagged) return [];
  return [
    fault(
      step,
      "the release's tag is not pushed before it is published",
      "Put a step `tag` with `push` before it",
    ),
  ];
}

function fault({ phase, index, kind }: PlacedStep, sentence: string, remedy: string) {
  const path = ["phases", phase, "steps", index, kind];
  return { severity: "error" as const, path, part: "key" as const, sentence, remedy };
}
