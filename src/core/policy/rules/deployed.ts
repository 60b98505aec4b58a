import { quoted } from "../../base/words.ts";
import type { Rule } from "../finding.ts";
import type { Policy } from "../policy.ts";
import { type PlannedStep, plannedSteps, stepSpec } from "../specs.ts";
import { acrossTypes } from "./across-types.ts";

/** What is done with the new version is done while there is one: after `deploy`, and before `promote` or `retire`. */
export const deployed: Rule = (policy) => [
  ...acrossTypes(policy, (type) => beforeDeploy(policy, type)),
  ...policy.rollback.verify.flatMap((text, index) => {
    const step = stepSpec(text);
    if (!needsNewVersion(step)) return [];
    return [
      {
        severity: "error" as const,
        path: ["rollback", "verify", index, step.kind],
        part: "key" as const,
        sentence: `after a rollback there is no new version that ${quoted(step.kind)} could ask`,
        remedy: "Say `of: stable`, or leave the step out",
      },
    ];
  }),
];

function beforeDeploy(policy: Policy, type: string) {
  const present = new Map<string, boolean>();
  return plannedSteps(policy, type).flatMap((step) => {
    const { kind, environment, phase, index } = step;
    if (environment === undefined) return [];
    const there = present.get(environment);
    if (kind === "deploy") present.set(environment, true);
    if (kind === "promote" || kind === "retire") present.set(environment, false);
    if (there === true || !needsNewVersion(step)) return [];
    const gone =
      there === false ? "is no longer deployed beside the stable one" : "is not deployed yet";
    return [
      {
        severity: "error" as const,
        path: ["phases", phase, "steps", index, kind],
        part: "key" as const,
        sentence: `${quoted(kind)} works on the new version, which ${gone} in ${quoted(environment)} there`,
        remedy:
          kind === "smoke" || kind === "verify"
            ? "Put `deploy: {}` before it, or say `of: stable`"
            : "Put `deploy: {}` before it",
      },
    ];
  });
}

/** Whether a step is about the new version as something beside the stable one. */
export function needsNewVersion({ kind, config }: PlannedStep): boolean {
  if (["shift", "warm", "promote", "retire"].includes(kind)) return true;
  if (kind !== "smoke" && kind !== "verify") return false;
  const { of, paths, objectives = [] } = config as Asked;
  return of === "canary" && (paths.length > 0 || objectives.length > 0);
}

interface Asked {
  readonly of: string;
  readonly paths: readonly string[];
  readonly objectives?: readonly string[];
}
