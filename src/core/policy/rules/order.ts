import { quoted } from "../../base/words.ts";
import type { Rule } from "../finding.ts";
import type { Policy } from "../policy.ts";

/** The phases of a release type come in an order that neither `after` nor the order of environments contradicts. */
export const order: Rule = (policy) =>
  Object.keys(policy.types).flatMap((type) => [
    ...repeatedPhases(policy, type),
    ...againstAfter(policy, type),
    ...againstEnvironments(policy, type),
  ]);

function phasesOf(policy: Policy, type: string): readonly string[] {
  return policy.types[type]?.phases ?? [];
}

function found(type: string, index: number, sentence: string, remedy: string) {
  const path = ["types", type, "phases", index];
  return { severity: "error" as const, path, sentence, remedy };
}

function repeatedPhases(policy: Policy, type: string) {
  return phasesOf(policy, type).flatMap((phase, index, phases) =>
    phases.indexOf(phase) === index
      ? []
      : [
          found(
            type,
            index,
            `release type ${type} has the phase ${quoted(phase)} twice`,
            "Keep one of them, or give the second a name of its own",
          ),
        ],
  );
}

function againstAfter(policy: Policy, type: string) {
  const phases = phasesOf(policy, type);
  return phases.flatMap((phase, index) => {
    const late = (policy.phases[phase]?.after ?? []).filter(
      (before) => phases.indexOf(before) > index,
    );
    return late.map((before) =>
      found(
        type,
        index,
        `release type ${type} has ${quoted(phase)} before ${quoted(before)}, which the phase says it comes after`,
        `Put \`${before}\` first, or take it out of \`phases.${phase}.after\``,
      ),
    );
  });
}

/** Whoever works in an environment has worked in all those before it. */
function againstEnvironments(policy: Policy, type: string) {
  const phases = phasesOf(policy, type);
  const environments = phases.map((phase) => policy.phases[phase]?.environment);
  return environments.flatMap((environment, index) => {
    if (environment === undefined || environments.indexOf(environment) !== index) return [];
    const before = policy.environments[environment]?.after;
    if (before === undefined || before === environment) return [];
    const at = environments.indexOf(before);
    if (at !== -1 && at < index) return [];
    const when = at === -1 ? "without having been in" : "before";
    return [
      found(
        type,
        index,
        `release type ${type} reaches ${quoted(environment)} ${when} ${quoted(before)}, which comes first`,
        `Put a phase in \`${before}\` first, or take \`after\` out of \`environments.${environment}\``,
      ),
    ];
  });
}
