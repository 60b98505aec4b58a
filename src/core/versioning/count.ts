// From the commits of a range to its version: a pure function of what was committed and of the rules.
import { type Bump, type BumpReason, bumpOf, highest } from "./bump.ts";
import { nearMisses, type Warning } from "./near.ts";
import { type Change, type CommitRecord, standing } from "./reverts.ts";
import { complete, type VersionRules } from "./rules.ts";
import { visibleLine } from "./text.ts";
import {
  baseOf,
  bumpBetween,
  compareVersions,
  isInitial,
  isVersion,
  nextVersion,
  type Tagged,
} from "./version.ts";

export interface Range {
  /** What was released before; null where nothing was. */
  readonly previous: Tagged | null;
  /** The line's tags that the end of the range reaches, the highest first: a candidate among them announces a version. */
  readonly known: readonly Tagged[];
  /** Newest first, children before their parents. */
  readonly commits: readonly CommitRecord[];
  /** Whether it is known that the end of the range went out: then the floor counts even where no commit does. */
  readonly released?: boolean;
  /** Those of the commits of which a `Release-As` speaks of this line; left out: all. */
  readonly saying?: readonly CommitRecord[];
}

export interface Counted {
  readonly bump: Bump;
  /** The version that the bump comes to; the previous one where it is none. */
  readonly version: string;
  /** Everything that asked for a bump, in the order of the changes; then what else raised it. */
  readonly reasons: readonly BumpReason[];
  readonly warnings: readonly Warning[];
  /** What stands at the end of the range. */
  readonly changes: readonly Change[];
}

/** The version that follows a range, and why. */
export function countVersion(range: Range, given: Partial<VersionRules>): Counted {
  const rules = complete(given);
  const { previous, commits, released = false, saying = commits } = range;
  const changes = standing(commits, rules);
  const initial = isInitial(previous?.version ?? rules.first) ? rules.initial : "same";
  const asked =
    commits.length === 0 && !released ? NOTHING : bumpOf(changes, { ...rules, initial });
  const said = rules.overrides ? overrideIn(saying) : null;
  const vain = said === null ? [] : vainOverride(said, previous);
  const warnings = [...nearMisses(changes, rules), ...orderWarnings(previous), ...vain];
  const counted = { ...asked, version: previous?.version ?? rules.first, changes, warnings };
  if (said !== null && vain.length === 0) return overridden(said, counted, previous);
  if (previous === null) {
    const because = `nothing was released before, so ${rules.first} comes first`;
    const bump = asked.bump === "none" && changes.length > 0 ? "minor" : asked.bump;
    return announced(
      { ...counted, bump, reasons: [...asked.reasons, { ...BY_RULE, bump, because }] },
      range,
      rules,
    );
  }
  return asked.bump === "none" ? counted : announced(counted, range, rules);
}

const NOTHING = { bump: "none" as const, reasons: [] };
const BY_RULE = { commit: "", subject: "" };

/** With the version that the bump comes to, or the one that a candidate has announced, if that is higher. */
function announced(
  counted: Counted,
  { known, previous }: Range,
  { first }: Pick<VersionRules, "first">,
): Counted {
  if (previous?.means === "candidate") {
    const version = baseOf(previous.version);
    const because = `${previous.tag} has announced ${version}`;
    const reasons = [...counted.reasons, { ...BY_RULE, bump: counted.bump, because }];
    return { ...counted, version, reasons };
  }
  const next = nextVersion(known, { previous, bump: counted.bump, first });
  if (next.announced === null || previous === null) return { ...counted, version: next.version };
  const bump = highest([counted.bump, bumpBetween(previous.version, next.version)]);
  const because = `${next.announced.tag} has announced ${next.version}`;
  const reasons = [...counted.reasons, { ...BY_RULE, bump, because }];
  return { ...counted, version: next.version, bump, reasons };
}

interface Override {
  readonly commit: CommitRecord;
  readonly version: string;
}

const RELEASE_AS = /^release-as:[ \t]*v?(\S{1,100})[ \t]*$/im;

/** What the newest `Release-As` of the range says. */
function overrideIn(commits: readonly CommitRecord[]): Override | null {
  for (const commit of commits) {
    const version = commit.message.includes("elease-")
      ? RELEASE_AS.exec(commit.message)?.[1]
      : undefined;
    if (version !== undefined && commit.parents.length < 2) return { commit, version };
  }
  return null;
}

function overridden(
  { commit, version }: Override,
  counted: Counted,
  previous: Tagged | null,
): Counted {
  const bump =
    previous === null ? highest([counted.bump, "patch"]) : bumpBetween(previous.version, version);
  const because = `Release-As sets the version to ${version}`;
  return {
    ...counted,
    version,
    bump,
    reasons: [...counted.reasons, { ...aboutCommit(commit), bump, because }],
  };
}

/** Why an override is passed over; nothing where it holds. */
function vainOverride({ commit, version }: Override, previous: Tagged | null): readonly Warning[] {
  const isKnown = isVersion(version);
  if (isKnown && (previous === null || compareVersions(version, previous.version) > 0)) return [];
  const what = isKnown ? `does not come after ${previous?.version}` : "is no version";
  const sentence = `Release-As says ${version}, which ${what}; it is passed over.`;
  return [{ ...aboutCommit(commit), sentence }];
}

const aboutCommit = ({ id, message }: CommitRecord) => ({
  commit: id,
  subject: visibleLine(message.trimStart().split("\n", 1)[0] ?? ""),
});

/** A fix upon a released version stands elsewhere in SemVer's own order: that is said aloud. */
function orderWarnings(previous: Tagged | null): readonly Warning[] {
  if (previous?.means !== "hotfix" || baseOf(previous.version) === previous.version) return [];
  const sentence = `${previous.tag} counts as released after ${baseOf(previous.version)}; SemVer itself would sort it before.`;
  return [{ ...BY_RULE, sentence }];
}
