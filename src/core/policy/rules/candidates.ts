import { quoted } from "../../base/words.ts";
import type { Found, Rule } from "../finding.ts";

/** What is to bring candidates can: a branch has a release type for them, and their name is one of candidates alone. */
export const candidates: Rule = ({ types, versioning }) => [
  ...Object.entries(versioning.branches).flatMap(([branch, { candidate }]): Found[] => {
    if (candidate === undefined) return [];
    if (Object.values(types).some((type) => type.candidate === candidate)) return [];
    return [
      {
        severity: "error",
        path: ["versioning", "branches", branch, "candidate"],
        sentence: `${quoted(branch)} brings ${quoted(candidate)} candidates, and no release type does`,
        counterexample: `nothing can ever be released from ${quoted(branch)}`,
        remedy: `Give a release type \`candidate: ${candidate}\``,
      },
    ];
  }),
  ...Object.entries(types).flatMap(([type, { candidate, suffix }]): Found[] => {
    if (candidate === undefined) return [];
    const path = ["types", type, "candidate"];
    if (suffix !== undefined)
      return [
        {
          severity: "error",
          path,
          sentence: `release type ${type} brings candidates of the next version and fixes upon the last one`,
          counterexample: `after 1.2.2 it is 1.2.3-${candidate}.1 or 1.2.2-${suffix}.1, and nobody can say which`,
          remedy: "Take `candidate` or `suffix` out",
        },
      ];
    if (candidate !== versioning.hotfix) return [];
    return [
      {
        severity: "error",
        path,
        sentence: `${quoted(candidate)} is the suffix of fixes upon a released version`,
        counterexample: `1.3.0-${candidate}.1 counts as out, and the next version is 1.3.1`,
        remedy: "Give candidates another name, such as `beta`",
      },
    ];
  }),
];
