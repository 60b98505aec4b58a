import { quoted } from "../../base/words.ts";
import type { Rule } from "../finding.ts";

/** A gate that people answer has an owner: what anyone may tick, nobody does. */
export const owners: Rule = (policy) =>
  Object.entries(policy.gates).flatMap(([name, { owner, checklist, evidence }]) => {
    if (owner !== undefined || (checklist === undefined && evidence === undefined)) return [];
    return [
      {
        severity: "warning" as const,
        path: ["gates", name],
        part: "key" as const,
        sentence: `nobody owns the gate ${quoted(name)}, so that anyone in the roster may answer it`,
        remedy: "Name the role that answers for it: `owner`",
      },
    ];
  });
