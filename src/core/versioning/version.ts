import semver from "semver";
import type { Bump } from "./bump.ts";

/** A tag and the commit it points at. */
export interface TagRecord {
  readonly name: string;
  readonly commit: string;
}

/** A release that was tagged. */
export interface Tagged {
  readonly tag: string;
  /** SemVer 2.0.0, without any prefix. */
  readonly version: string;
  readonly commit: string;
}

const PLACE = "{version}";

/** The tag of a version under a pattern such as `v{version}` or `production-v{version}`. */
export function tagOf(pattern: string, version: string): string {
  return pattern.replaceAll(PLACE, version);
}

/** The version in a tag's name; null where the name does not fit the pattern or says no SemVer version. */
export function versionIn(pattern: string, name: string): string | null {
  const places = pattern.split(PLACE).length - 1;
  const length = (name.length - pattern.replaceAll(PLACE, "").length) / places;
  if (!Number.isInteger(length) || length < 5) return null;
  const start = pattern.indexOf(PLACE);
  const version = name.slice(start, start + length);
  return isVersion(version) && tagOf(pattern, version) === name ? version : null;
}

/** Whether a text is a SemVer 2.0.0 version, written out and without a prefix. */
export function isVersion(text: string): boolean {
  return /^\d/.test(text) && semver.parse(text) !== null;
}

/** The tags that fit the pattern, the highest version first (SemVer precedence; build data does not count). */
export function tagged(tags: readonly TagRecord[], pattern: string): readonly Tagged[] {
  return tags
    .flatMap(({ name, commit }) => {
      const version = versionIn(pattern, name);
      return version === null ? [] : [{ tag: name, version, commit }];
    })
    .sort((a, b) => semver.rcompare(a.version, b.version) || compareText(a.tag, b.tag));
}

/**
 * The release that a next one follows: the highest version among the reachable tags, not the newest by date.
 * Pre-releases (1.3.0-rc.1) announce a version, they are none, and are passed over. Null where nothing was released.
 */
export function previousRelease(tags: readonly TagRecord[], pattern: string): Tagged | null {
  return tagged(tags, pattern).find(({ version }) => semver.prerelease(version) === null) ?? null;
}

export interface Next {
  readonly version: string;
  /** The pre-release that announced a higher version than the bump comes to; null where none did. */
  readonly announced: Tagged | null;
}

/**
 * The version after `previous`: bumped, or `first` where there is none. Where a reachable pre-release has announced a
 * higher version, that version is taken: it must not sort below its own release candidate.
 */
export function nextVersion(
  tags: readonly Tagged[],
  { previous, bump, first }: { previous: Tagged | null; bump: Bump; first: string },
): Next {
  const plain =
    previous === null || bump === "none" ? first : (semver.inc(previous.version, bump) ?? first);
  const announced = tags.find(({ version }) => semver.prerelease(version) !== null);
  if (announced === undefined || semver.lt(announced.version, plain))
    return { version: plain, announced: null };
  return { version: announced.version.replace(/[-+].*$/, ""), announced };
}

/** The version itself, or the next patch after it that was not withdrawn: the number of a withdrawn one is never reused. */
export function neverUsed(version: string, withdrawn: readonly string[]): string {
  let free = version;
  while (withdrawn.includes(free)) free = semver.inc(free, "patch") ?? free;
  return free;
}

/** Whether a version is before 1.0.0, where SemVer promises nothing. */
export function isInitial(version: string): boolean {
  return semver.major(version) === 0;
}

/** Which part of the version differs first, as a bump. */
export function bumpBetween(before: string, after: string): Bump {
  const [a, b] = [semver.parse(before), semver.parse(after)];
  if (a === null || b === null || semver.eq(a, b)) return "none";
  if (a.major !== b.major) return "major";
  return a.minor === b.minor ? "patch" : "minor";
}

const compareText = (a: string, b: string) => (a < b ? -1 : Number(a > b));
