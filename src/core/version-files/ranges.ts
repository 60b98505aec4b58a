// The ranges by which packages of one repository ask for each other, raised with the versions that they ask for.
import { ok, type Result } from "../base/result.ts";
import { parseVersion } from "../versioning/semver.ts";
import { compareVersions } from "../versioning/version.ts";
import { type Broken, jsonText, textAt } from "./json.ts";

/** New versions by the name of their package. */
export type Named = ReadonlyMap<string, string>;

const KINDS = [
  "dependencies",
  "devDependencies",
  "optionalDependencies",
  "peerDependencies",
] as const;

/**
 * A JSON document with the ranges of packages that have new versions raised to those, below a way through it. Only plain
 * ranges are: `1.2.0`, `^1.2.0`, `~1.2.0`, `>=1.2.0`, also after `workspace:`. All others say themselves what they take, such
 * as `workspace:^` or `1.x`, and stay. A peer's range stays as long as it takes the new version: it is a promise to others.
 */
export function withRanges(
  text: string,
  way: readonly string[],
  named: Named,
): Result<string, Broken> {
  let edited = text;
  for (const kind of KINDS) {
    for (const [name, version] of named) {
      const found = textAt(edited, [...way, kind, name]);
      if (!found.ok) return found;
      if (found.value === null) continue;
      const { from, to, value } = found.value;
      const range = raisedRange(value, version, kind === "peerDependencies");
      if (range !== null) edited = edited.slice(0, from) + jsonText(range) + edited.slice(to);
    }
  }
  return ok(edited);
}

const PLAIN = /^(workspace:)?(\^|~|>=|=)?(\s*)([0-9][0-9A-Za-z.+-]*)$/;

/** The range that asks for a new version as it asked for the old one; null where it stays as it is. */
export function raisedRange(range: string, version: string, isPeer: boolean): string | null {
  const [, protocol = "", operator = "", blank = "", before = ""] = PLAIN.exec(range) ?? [];
  if (parseVersion(before) === null || before === version) return null;
  if (isPeer && takes(operator, before, version)) return null;
  return `${protocol}${operator}${blank}${version}`;
}

/** Whether a plain range takes a version, by the rules of npm; candidates never are what a range was written for. */
function takes(operator: string, before: string, version: string): boolean {
  const [low, high] = [parseVersion(before), parseVersion(version)];
  if (low === null || high === null || high.prerelease.length > 0) return false;
  if (compareVersions(version, before) < 0) return false;
  if (operator === ">=") return true;
  if (operator === "~") return low.major === high.major && low.minor === high.minor;
  if (operator !== "^" || low.major !== high.major) return false;
  if (low.major > 0) return true;
  return low.minor === high.minor && (low.minor > 0 || low.patch === high.patch);
}
