// A repository whose parts have versions of their own: what every line of versions comes to, and how lines rise together.
import { type Bump, type BumpReason, highest } from "./bump.ts";
import { type Counted, countVersion } from "./count.ts";
import { type Line, linesOf, lineTags, type News, newsOf, WHOLE } from "./lines.ts";
import type { Warning } from "./near.ts";
import type { CommitRecord } from "./reverts.ts";
import { complete, type VersionRules } from "./rules.ts";
import { pathMatcher } from "./scope.ts";
import type { VersioningRules } from "./shape.ts";
import {
  bumpBetween,
  compareVersions,
  nextVersion,
  type Tagged,
  type TagRecord,
} from "./version.ts";

/** A line with what its own commits, and those that it rises with, come to. */
export interface Rise<C extends CommitRecord = CommitRecord> extends Counted, News<C> {}

/** Counts every line by itself. */
export function countLines<C extends CommitRecord>(
  news: readonly News<C>[],
  given: Partial<VersionRules>,
): readonly Rise<C>[] {
  const rules = complete(given);
  const parts = news.filter(({ line }) => line.name !== WHOLE);
  const ofParts = parts.map(({ line }) => pathMatcher(line.paths));
  const ofWhole = ({ files = [] }: C) => !files.some((file) => ofParts.some((is) => is(file)));
  return news.map((one) => {
    const { line, previous, known, commits } = one;
    // A commit that touches components speaks of their versions, not of the whole's.
    const saying = line.name === WHOLE && parts.length > 0 ? commits.filter(ofWhole) : commits;
    return { ...one, ...countVersion({ previous, known, commits, saying }, rules) };
  });
}

/**
 * Lets lines rise together until nothing moves any more; each rises only, so this ends.
 * - A line that uses a component rises with it, by a patch bump at least; the whole uses all of them.
 * - The members of a linked group all take the highest version that one of them comes to.
 */
export function riseTogether<C extends CommitRecord>(own: readonly Rise<C>[]): readonly Rise<C>[] {
  let lines = own;
  for (let round = 0; round <= own.length * 2; round += 1) {
    const next = linked(dependents(lines));
    if (next.every((line, at) => line === lines[at])) return next;
    lines = next;
  }
  return lines;
}

export const isRisen = ({ bump }: { readonly bump: Bump }): boolean => bump !== "none";

function dependents<C extends CommitRecord>(lines: readonly Rise<C>[]): readonly Rise<C>[] {
  return lines.map((rise) => {
    const { line, known, previous, version: first } = rise;
    if (isRisen(rise)) return rise;
    const risen = lines.filter((other) => isRisen(other) && line.uses.includes(other.line.name));
    if (risen.length === 0) return rise;
    const bump = "patch" as const;
    const reasons = risen.map((other) => byRule(bump, `it uses ${other.line.name}`));
    const { version } = nextVersion(known, { previous, bump, first });
    return { ...rise, bump, version, reasons };
  });
}

function linked<C extends CommitRecord>(lines: readonly Rise<C>[]): readonly Rise<C>[] {
  return lines.map((rise) => {
    const { line, previous, version, reasons } = rise;
    const risen = membersOf(line, lines).filter(isRisen);
    const [top] = risen.toSorted((a, b) => compareVersions(b.version, a.version));
    if (top === undefined || (isRisen(rise) && version === top.version)) return rise;
    if (previous !== null && compareVersions(top.version, previous.version) <= 0) return rise;
    const bump = previous === null ? top.bump : bumpBetween(previous.version, top.version);
    const because = `it is linked with ${top.line.name || "the whole"}`;
    return {
      ...rise,
      bump: highest([bump, rise.bump]),
      version: top.version,
      reasons: [...reasons, byRule(bump, because)],
    };
  });
}

/** The lines that always have the same version as one: itself, and all of its group. */
export function membersOf<L extends { readonly line: Line }>(
  { name, linked }: Line,
  lines: readonly L[],
): readonly L[] {
  return lines.filter(
    ({ line }) => line.name === name || (linked !== undefined && line.linked === linked),
  );
}

export function byRule(bump: Bump, because: string): BumpReason {
  return { commit: "", subject: "", bump, because };
}

/** What comes next for one component. */
export interface ComponentPlan {
  readonly component: string;
  readonly previous: Tagged | null;
  readonly bump: Bump;
  /** The next version; the previous one where nothing asks for a bump. */
  readonly version: string;
  readonly reasons: readonly BumpReason[];
  readonly warnings: readonly Warning[];
}

/**
 * The next version of every component by the rules alone, without the whole.
 * @param tags those that the newest commit reaches
 * @param commits with their files, children before parents; all since the oldest of the components' last tags
 */
export function planComponents(
  { tags, commits }: { tags: readonly TagRecord[]; commits: readonly CommitRecord[] },
  rules: VersioningRules,
): readonly ComponentPlan[] {
  const [, ...parts] = linesOf(rules);
  const counted = countLines(newsOf(lineTags(parts, tags), commits), rules);
  return riseTogether(counted).map(({ line, previous, bump, version, reasons, warnings }) => ({
    ...{ component: line.name, previous, bump, version, warnings },
    reasons: bump === "none" ? [] : reasons,
  }));
}
