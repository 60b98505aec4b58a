import semver from "semver";
import { quoted } from "../../base/words.ts";
import { tagName } from "../../steps/tag.ts";
import { versionIn } from "../../versioning/version.ts";
import type { Found, Rule } from "../finding.ts";

/** A version that comes later sorts later for everyone who reads it by SemVer 2.0.0 (clause 11). */
export const versionOrder: Rule = ({ types, versioning }) =>
  Object.entries(types).flatMap(([type, { tag, suffix }]): Found[] => {
    const named = tag ?? (suffix === undefined ? undefined : `${versioning.tag}-${suffix}.1`);
    const version = named === undefined ? null : versionIn(versioning.tag, tagName(named, BEFORE));
    if (version === null || semver.gt(version, BEFORE) || semver.eq(version, BEFORE)) return [];
    const range = "^1.2.0";
    const outside = semver.satisfies(version, range) ? "" : `, and outside of ${quoted(range)}`;
    return [
      {
        severity: "error",
        path: ["types", type, tag === undefined ? "suffix" : "tag"],
        sentence: `versions of release type ${type} come after the ones that they mend, and sort before them`,
        counterexample: `${quoted(version)} sorts below ${quoted(BEFORE)}${outside}, so nobody who has ${BEFORE} is offered it`,
        remedy: "Count it as the next patch version, such as 1.2.3",
      },
    ];
  });

const BEFORE = "1.2.2";
