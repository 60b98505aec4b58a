// Candidates of a version: 1.3.0-beta.1, 1.3.0-beta.2, 1.3.0-rc.1 announce 1.3.0, and then it comes out under that number.
import { type Bump, rank } from "./bump.ts";
import { DEFAULTS } from "./rules.ts";
import { parseVersion } from "./semver.ts";
import { baseOf, raised } from "./version.ts";

/** The first word of a candidate's suffix: `beta` of 1.3.0-beta.1. */
export const CANDIDATE_NAME = /^[a-z][a-z0-9]{0,20}$/;

/** Whether a version is only announced, and not out: it has a suffix, and that is not the one of a fix upon a released version. */
export function isCandidate(version: string, hotfix: string = DEFAULTS.hotfix): boolean {
  const [word] = parseVersion(version)?.prerelease ?? [];
  return word !== undefined && word !== hotfix;
}

/**
 * The next of a row of versions upon one base: 1.3.0-beta.3 after 1.3.0-beta.2, 1.3.0-beta.1 where there is none.
 * @param used every version whose number was given away, in any order
 */
export function nextInRow(
  used: readonly string[],
  { base, word }: { base: string; word: string },
): string {
  const start = `${base}-${word}`;
  const numbers = used
    .filter((version) => version === start || version.startsWith(`${start}.`))
    .map((version) => Number(parseVersion(version)?.prerelease[1] ?? 0))
    .filter(Number.isSafeInteger);
  return `${start}.${Math.max(0, ...numbers) + 1}`;
}

/**
 * The version that a candidate announces once further changes have come: the same as long as its own bump covers theirs
 * (1.3.0 carries any minor change), the next where it does not.
 */
export function announcedAfter(candidate: string, bump: Bump): string {
  const base = baseOf(candidate);
  const [, minor, patch] = base.split(".");
  const carried = patch !== "0" ? "patch" : minor !== "0" ? "minor" : "major";
  return rank(bump) <= rank(carried) ? base : raised(base, bump);
}
