// From commits to a version: what is released, under which number, as which type, and why.
import { ok, type Result } from "../base/result.ts";
import { type BranchFound, onBranch } from "./branching.ts";
import { type Bump, type BumpReason, highest, rank } from "./bump.ts";
import { type Counted, countVersion } from "./count.ts";
import type { Warning } from "./near.ts";
import { numberOf } from "./number.ts";
import { refuse, sayCommits, type VersionRefusal } from "./refusals.ts";
import { type Choice, chooseType, type ReleaseTypes } from "./release-type.ts";
import type { Change, CommitRecord } from "./reverts.ts";
import { complete, type VersionRules } from "./rules.ts";
import {
  bumpBetween,
  compareVersions,
  isVersion,
  nextVersion,
  type Tagged,
  type TagRecord,
  tagged,
  tagOf,
} from "./version.ts";

export interface PlanInput {
  /** Tags that the commit to be released can reach. */
  readonly tags: readonly TagRecord[];
  /** The commits since `previousRelease(tags, versioning)`, all where there is none; children before parents. */
  readonly commits: readonly CommitRecord[];
  /** The policy's `versioning`. */
  readonly versioning: Partial<VersionRules>;
  /** The policy's release types. */
  readonly types: ReleaseTypes;
  /** Versions that were withdrawn. Their numbers are never used again, and what follows is counted on from them. */
  readonly withdrawn?: readonly string[];
  /** The type that somebody asked for; chosen by the bump where it is left out. */
  readonly wantedType?: string | undefined;
  /** The bump that somebody asked for; counted from the commits where it is left out. */
  readonly wantedBump?: Exclude<Bump, "none"> | undefined;
  /** The branch that it is planned on, where the rules say something of branches. */
  readonly branch?: BranchFound | null;
  /** The very version that somebody asked for, and why. */
  readonly wantedVersion?: { readonly version: string; readonly reason: string } | undefined;
}

export interface VersionPlan {
  readonly version: string;
  readonly tag: string;
  readonly previous: Tagged | null;
  readonly bump: Exclude<Bump, "none">;
  readonly type: string;
  /** What made the bump what it is: the commits that asked for it, or the sentence that raised it. */
  readonly reasons: readonly BumpReason[];
  /** What nearly counted, and what a careful reader would ask about. */
  readonly warnings: readonly Warning[];
  /** What stands at the end of the range, newest first. */
  readonly changes: readonly Change[];
  /** Who wrote the commits, merges apart: authors and co-authors, sorted, each once. */
  readonly authors: readonly string[];
}

/**
 * The next version and all that comes with it, or why there is none. Pure: equal inputs give equal plans.
 *
 * The bump is the highest that a standing commit asks for. A wanted type that carries higher bumps only raises it to the
 * lowest of those: that is how a person plans a major release without a breaking change, or 1.0.0. A wanted bump may be
 * higher than what the commits ask for, never lower; only an exact version, with a reason, may be anything that comes
 * after the version before. A first release takes everything there is, as the policy's `first` version.
 */
export function planVersion(input: PlanInput): Result<VersionPlan, VersionRefusal> {
  const rules = complete(input.versioning);
  if (!isVersion(rules.first)) return unreadableFirst(rules.first);
  const known = tagged(input.tags, rules);
  const previous = known.find(({ means }) => means !== "candidate") ?? null;
  const counted = countVersion({ previous, known, commits: input.commits }, rules);
  const wished = withWish(counted, input, { previous, known, first: rules.first });
  if (!wished.ok) return wished;
  const { branch = null } = input;
  const asked = branch === null ? wished : onBranch(wished.value, branch, previous);
  if (!asked.ok) return asked;
  const { bump, changes } = asked.value;
  if (changes.length === 0 || bump === "none") return nothing(previous, changes);
  const chosen = chooseType(
    { bump, reasons: asked.value.reasons },
    { ...input, candidate: branch?.rules.candidate },
  );
  if (!chosen.ok) return chosen;
  const numbered = numberOf(asked.value, chosen.value, {
    ...{ previous, known, types: input.types, hotfix: rules.hotfix },
    withdrawn: input.withdrawn ?? [],
    head: input.commits[0]?.id,
    isSet: input.wantedVersion !== undefined,
  });
  if (!numbered.ok) return numbered;
  const { version } = numbered.value;
  return ok({
    version,
    tag: tagOf(rules.tag, version),
    previous,
    bump: chosen.value.bump,
    type: chosen.value.type,
    reasons: [...reasonsFor(chosen.value, asked.value.reasons), ...numbered.value.reasons],
    warnings: counted.warnings,
    changes,
    authors: authorsOf(input.commits),
  });
}

interface Before {
  readonly previous: Tagged | null;
  readonly known: readonly Tagged[];
  readonly first: string;
}

/** What the commits ask for, or what a person asks for instead. */
function withWish(
  counted: Counted,
  { wantedBump, wantedVersion, withdrawn = [] }: PlanInput,
  { previous, known, first }: Before,
): Result<Counted, VersionRefusal> {
  if (wantedVersion !== undefined) return exactly(wantedVersion, counted, { previous, withdrawn });
  if (wantedBump === undefined) return ok(counted);
  if (rank(wantedBump) < rank(counted.bump) && previous !== null) {
    const contest = counted.reasons.filter(({ bump }) => rank(bump) > rank(wantedBump));
    return refuse("bump-too-low", {
      sentence: `A ${wantedBump} bump is too low for a ${counted.bump} bump, which ${sayCommits(contest)}.`,
      remedy: `Ask for a ${counted.bump} bump, or name the exact version with a reason.`,
      contest,
    });
  }
  const { version } = nextVersion(known, { previous, bump: wantedBump, first });
  const because = `a ${wantedBump} bump was asked for by hand`;
  const reason = { commit: "", subject: "", bump: wantedBump, because };
  const bump =
    previous === null ? wantedBump : highest([wantedBump, bumpBetween(previous.version, version)]);
  return ok({ ...counted, bump, version, reasons: [...counted.reasons, reason] });
}

function exactly(
  { version, reason }: NonNullable<PlanInput["wantedVersion"]>,
  counted: Counted,
  { previous, withdrawn }: { previous: Tagged | null; withdrawn: readonly string[] },
): Result<Counted, VersionRefusal> {
  if (reason.trim() === "")
    return refuse("reason-missing", {
      sentence: `Version ${version} is set by hand without a reason.`,
      remedy: "Say why, with `--reason`.",
      contest: [],
    });
  if (withdrawn.includes(version))
    return refuse("version-not-next", {
      sentence: `${version} was withdrawn, and its number is never used again.`,
      remedy: "Name a version after it.",
      contest: [],
    });
  if (!isVersion(version) || (previous !== null && compareVersions(version, previous.version) <= 0))
    return refuse("version-not-next", {
      sentence: isVersion(version)
        ? `Version ${version} does not come after ${previous?.version}.`
        : `"${version.slice(0, 80)}" is no SemVer version.`,
      remedy: "Name a version such as 2.0.0 that comes after the one before.",
      contest: [],
    });
  const between = previous === null ? "minor" : bumpBetween(previous.version, version);
  const bump = between === "none" ? "patch" : between;
  const because = `${version} was set by hand: ${reason}`;
  // Whatever the commits ask for stays on record, but asks for nothing any more.
  return ok({ ...counted, version, bump, reasons: [{ commit: "", subject: "", bump, because }] });
}

/** The reasons that made the bump what it is; where the type alone raised it, that is the reason. */
function reasonsFor({ bump, type }: Choice, all: readonly BumpReason[]): readonly BumpReason[] {
  const decisive = all.filter((reason) => reason.bump === bump);
  if (decisive.length > 0) return decisive;
  return [{ commit: "", subject: "", bump, because: `type ${type} carries no lower bump` }];
}

/** Authors and co-authors of all commits but merges: pressing the merge button writes nothing. */
function authorsOf(commits: readonly CommitRecord[]): readonly string[] {
  const people = commits
    .filter(({ parents }) => parents.length < 2)
    .flatMap(({ author, message }) => [
      author,
      ...[...message.matchAll(CO_AUTHOR)].map(([, email = ""]) => email.toLowerCase()),
    ]);
  return [...new Set(people)].filter((email) => email !== "").sort();
}

const CO_AUTHOR = /^co-authored-by:[^<\n]{0,200}<([^<>\s]{1,200})>\s*$/gim;

function nothing(previous: Tagged | null, changes: readonly Change[]) {
  const since = previous === null ? "" : ` since ${previous.tag}`;
  if (changes.length === 0)
    return refuse("nothing-to-release", {
      sentence: `There is no change to release${since}.`,
      remedy: "Commit a change, then plan again.",
      contest: [],
    });
  const types = [...new Set(changes.map(({ message }) => message.type ?? "without a type"))];
  const shown = types.sort().slice(0, 10).join(", ");
  return refuse("nothing-to-release", {
    sentence: `None of the ${changes.length} changes${since} asks for a bump (${shown}).`,
    remedy:
      "Give one of these types a bump in the policy's `versioning.bumps`, ask for a bump by hand, or wait for one that has.",
    contest: [],
  });
}

function unreadableFirst(first: string) {
  return refuse("unreadable-version", {
    sentence: `The policy's first version "${first}" is no SemVer version.`,
    remedy: "Write `versioning.first` as 0.1.0 or 1.0.0.",
    contest: [],
  });
}
