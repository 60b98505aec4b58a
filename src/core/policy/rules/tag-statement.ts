import { listed, quoted } from "../../base/words.ts";
import { tagName } from "../../steps/tag.ts";
import { versionIn } from "../../versioning/version.ts";
import type { Found, Rule } from "../finding.ts";
import type { Policy } from "../policy.ts";
import { plannedSteps } from "../specs.ts";

/** The tags that a release type gets are named as it is said of it. */
export const tagStatement: Rule = (policy) =>
  Object.entries(policy.types).flatMap(([type, { tag }]): Found[] => {
    if (tag === undefined) return [];
    const given = patternsOf(policy, type);
    const known = given.some((pattern) => versionIn(pattern, tagName(tag, "1.2.3")) !== null);
    if (given.length === 0 || known) return [];
    const names = given.map((pattern) => quoted(tagName(pattern, "1.2.3")));
    return [
      {
        severity: "error",
        path: ["types", type, "tag"],
        sentence: `tags of release type ${type} are to be named ${quoted(tag)}, and its steps name them ${listed(given.map(quoted))}`,
        counterexample: `version 1.2.3 is tagged ${listed(names)}, and who looks for ${quoted(tagName(tag, "1.2.3"))} finds nothing`,
        remedy: "Say one of them in both places: `pattern` of the step `tag`, or here",
      },
    ];
  });

/** Every pattern by which a release of a type is tagged. */
function patternsOf(policy: Policy, type: string): readonly string[] {
  const tags = plannedSteps(policy, type).filter(({ kind }) => kind === "tag");
  const patterns = tags.map(
    ({ config }) => (config as { pattern?: string }).pattern ?? policy.versioning.tag,
  );
  return [...new Set(patterns)];
}
