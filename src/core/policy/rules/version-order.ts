import { quoted } from "../../base/words.ts";
import { tagName } from "../../steps/tag.ts";
import {
  compareBase,
  comparePrerelease,
  parseVersion,
  type SemVer,
} from "../../versioning/semver.ts";
import { versionIn } from "../../versioning/version.ts";
import type { Found, Rule } from "../finding.ts";

/** A version that comes later sorts later for everyone who reads it by SemVer 2.0.0 (clause 11). */
export const versionOrder: Rule = ({ types, versioning }) =>
  Object.entries(types).flatMap(([type, { tag, suffix }]): Found[] => {
    const named = tag ?? (suffix === undefined ? undefined : `${versioning.tag}-${suffix}.1`);
    const version = named === undefined ? null : versionIn(versioning.tag, tagName(named, BEFORE));
    const read = version === null ? null : parseVersion(version);
    if (read === null || compared(read, BEFORE) >= 0) return [];
    const outside = isInRange(read) ? "" : `, and outside of ${quoted(`^${RANGE}`)}`;
    return [
      {
        severity: "error",
        path: ["types", type, tag === undefined ? "suffix" : "tag"],
        sentence: `versions of release type ${type} come after the ones that they mend, and sort before them`,
        counterexample: `${quoted(read.text)} sorts below ${quoted(BEFORE)}${outside}, so nobody who has ${BEFORE} is offered it`,
        remedy: "Count it as the next patch version, such as 1.2.3",
      },
    ];
  });

const BEFORE = "1.2.2";
const RANGE = "1.2.0";

/** Below 0 where a version sorts before the one that is written. */
function compared(version: SemVer, written: string): number {
  const other = parseVersion(written);
  return other === null ? 0 : compareBase(version, other) || comparePrerelease(version, other);
}

/** Whether a version below `BEFORE` is in the range `^1.2.0`, as npm reads it: no pre-release of a later version is. */
function isInRange(version: SemVer): boolean {
  return version.prerelease.length === 0 && compared(version, RANGE) >= 0;
}
