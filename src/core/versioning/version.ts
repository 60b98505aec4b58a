// Tags of one line of versions: which there are, which comes after which, and which comes next.
import type { Bump } from "./bump.ts";
import { DEFAULTS, type LineRules, type TagMeaning } from "./rules.ts";
import { compareBase, comparePrerelease, parseVersion, type SemVer } from "./semver.ts";

/** A tag and the commit it points at. */
export interface TagRecord {
  readonly name: string;
  readonly commit: string;
}

/** A version that was tagged. */
export interface Tagged {
  readonly tag: string;
  /** SemVer 2.0.0, without any prefix. */
  readonly version: string;
  readonly commit: string;
  /** A candidate announces a version; a hotfix is a release upon the version that it names. */
  readonly means: "release" | "candidate" | "hotfix";
}

const PLACE = "{version}";

/** The tag of a version under a pattern such as `v{version}` or `production-v{version}`. */
export function tagOf(pattern: string, version: string): string {
  return pattern.replaceAll(PLACE, version);
}

/** The version in a tag's name; null where the name does not fit the pattern or says no SemVer version. */
export function versionIn(pattern: string, name: string): string | null {
  return readerOf(pattern)(name)?.text ?? null;
}

/** Whether a text is a SemVer 2.0.0 version, written out and without a prefix. */
export function isVersion(text: string): boolean {
  return parseVersion(text) !== null;
}

/** The tags of the line, the highest version first (see `compareVersions`); of equals, the released before the candidate. */
export function tagged(tags: readonly TagRecord[], line: string | LineRules): readonly Tagged[] {
  const rules = typeof line === "string" ? { tag: line } : line;
  const hotfix = rules.hotfix ?? DEFAULTS.hotfix;
  const patterns = [{ tag: rules.tag, means: "release" as const }, ...(rules.line ?? [])].map(
    ({ tag, means }) => ({ read: readerOf(tag), means }),
  );
  const found = tags.flatMap(({ name, commit }) => {
    for (const { read, means } of patterns) {
      const version = read(name);
      if (version === null) continue;
      const is = meaningOf(version, means, hotfix);
      return [{ version, tagged: { tag: name, version: version.text, commit, means: is } }];
    }
    return [];
  });
  return found
    .sort(
      (a, b) =>
        compareParsed(b.version, a.version, hotfix) ||
        Number(a.tagged.means === "candidate") - Number(b.tagged.means === "candidate") ||
        compareText(a.tagged.tag, b.tagged.tag),
    )
    .map((one) => one.tagged);
}

function meaningOf(version: SemVer, means: TagMeaning, hotfix: string): Tagged["means"] {
  const rank = rankOf(version, hotfix);
  if (rank === 0 || means === "candidate") return "candidate";
  return rank === 2 ? "hotfix" : "release";
}

/**
 * The release that a next one follows: the highest version among the reachable tags, not the newest by date.
 * Candidates (1.3.0-rc.1, or a pattern that means candidates) announce a version, they are none, and are passed over.
 * Null where nothing was released.
 */
export function previousRelease(
  tags: readonly TagRecord[],
  line: string | LineRules,
): Tagged | null {
  return tagged(tags, line).find(({ means }) => means !== "candidate") ?? null;
}

/**
 * Which of two versions comes after the other: SemVer 2.0.0 (clause 11) but for fixes upon a released version, which
 * SemVer takes for pre-releases: 1.2.2 < 1.2.2-hotfix.1 < 1.2.2-hotfix.2 < 1.2.3.
 * @returns below 0 where the first comes before; both must be versions
 */
export function compareVersions(a: string, b: string, hotfix: string = DEFAULTS.hotfix): number {
  const [one, two] = [parseVersion(a), parseVersion(b)];
  if (one === null || two === null) throw new Error("a text was compared that is no version");
  return compareParsed(one, two, hotfix);
}

export interface Next {
  readonly version: string;
  /** The candidate that announced the version, where it is at least what the bump comes to; null where none did. */
  readonly announced: Tagged | null;
}

/**
 * The version after `previous`: bumped, or `first` where there is none. Where a reachable candidate has announced that
 * version or a higher one, the announced version is taken: a candidate that is promoted is the same version.
 */
export function nextVersion(
  tags: readonly Tagged[],
  { previous, bump, first }: { previous: Tagged | null; bump: Bump; first: string },
): Next {
  const plain = previous === null || bump === "none" ? first : raised(previous.version, bump);
  const announced = tags.find(({ means }) => means === "candidate");
  if (announced === undefined || compareVersions(baseOf(announced.version), plain) < 0)
    return { version: plain, announced: null };
  return { version: baseOf(announced.version), announced };
}

/** Major, minor and patch of a version, without what follows them. */
export function baseOf(version: string): string {
  return version.replace(/[-+].*$/, "");
}

/** A version with one of its parts raised; a suffix goes away. */
export function raised(version: string, bump: Bump): string {
  const parsed = parseVersion(version);
  if (parsed === null) throw new Error("a text was raised that is no version");
  const { major, minor, patch } = parsed;
  if (bump === "major") return `${major + 1}.0.0`;
  if (bump === "minor") return `${major}.${minor + 1}.0`;
  return `${major}.${minor}.${patch + Number(bump === "patch")}`;
}

/** The version itself, or the next patch after it that was not withdrawn: the number of a withdrawn one is never reused. */
export function neverUsed(version: string, withdrawn: readonly string[]): string {
  let free = version;
  while (withdrawn.includes(free)) free = raised(free, "patch");
  return free;
}

/** Whether a version is before 1.0.0, where SemVer promises nothing. */
export function isInitial(version: string): boolean {
  return version.startsWith("0.");
}

/** Which part of the version differs first, as a bump. */
export function bumpBetween(before: string, after: string): Bump {
  const [a, b] = [parseVersion(before), parseVersion(after)];
  if (a === null || b === null || (compareBase(a, b) === 0 && comparePrerelease(a, b) === 0))
    return "none";
  if (a.major !== b.major) return "major";
  return a.minor === b.minor ? "patch" : "minor";
}

/** How names of one pattern are read; a pattern is taken apart once for all of them. */
function readerOf(pattern: string): (name: string) => SemVer | null {
  const [before = "", ...others] = pattern.split(PLACE);
  const literal = before.length + others.reduce((sum, text) => sum + text.length, 0);
  const simple = others.length === 1;
  const after = others[0] ?? "";
  return (name) => {
    const length = (name.length - literal) / others.length;
    if (!Number.isInteger(length) || length < 5 || !name.startsWith(before)) return null;
    if (simple && !name.endsWith(after)) return null;
    const version = name.slice(before.length, before.length + length);
    return simple || tagOf(pattern, version) === name ? parseVersion(version) : null;
  };
}

/** 0 for what comes before its base, 1 for the base itself, 2 for a fix upon it. */
function rankOf({ prerelease }: SemVer, hotfix: string): number {
  if (prerelease.length === 0) return 1;
  return prerelease[0] === hotfix ? 2 : 0;
}

function compareParsed(a: SemVer, b: SemVer, hotfix: string): number {
  return compareBase(a, b) || rankOf(a, hotfix) - rankOf(b, hotfix) || comparePrerelease(a, b);
}

const compareText = (a: string, b: string) => (a < b ? -1 : Number(a > b));

/** The version that a name ends with, whatever stands before it; null where it ends with none. */
export function versionAtEnd(name: string): string | null {
  return (
    /(?:^|[^0-9.])((?:0|[1-9]\d*)(?:\.(?:0|[1-9]\d*)){2}(?:[-+][0-9A-Za-z.+-]+)?)$/.exec(
      name,
    )?.[1] ?? null
  );
}
