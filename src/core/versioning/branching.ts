// Which versions belong on which branch: trunk, git-flow and maintenance branches are the same few rules.
import { ok, type Result } from "../base/result.ts";
import { counted as numbered } from "../base/words.ts";
import { type BumpReason, highest } from "./bump.ts";
import type { Counted } from "./count.ts";
import { refuse, sayCommits, type VersionRefusal } from "./refusals.ts";
import type { Change } from "./reverts.ts";
import type { BranchRules, VersioningRules } from "./shape.ts";
import { bumpBetween, compareVersions, type Tagged } from "./version.ts";

/** A branch that a release is planned on, and what the rules say of it. */
export interface BranchFound {
  readonly name: string;
  readonly rules: BranchRules;
  /** The start of a version that the branch's name says: `1.4` of `release/1.4`; null where it says none. */
  readonly version: string | null;
}

/** The branch among the rules; every branch where they have none. */
export function branchIn(
  branches: VersioningRules["branches"],
  name: string | null,
): Result<BranchFound | null, VersionRefusal> {
  const patterns = Object.keys(branches);
  if (patterns.length === 0) return ok(null);
  if (name === null)
    return refuse("detached-head", {
      sentence: "HEAD is on no branch, and the rules say which branches releases come from.",
      remedy: "Check the branch out with `git switch`, or name it with `--ref`.",
      contest: [],
    });
  for (const pattern of patterns) {
    const found = patternOf(pattern).exec(name);
    const rules = branches[pattern];
    if (found !== null && rules !== undefined)
      return ok({ name, rules, version: found.groups?.["version"] ?? null });
  }
  return refuse("wrong-branch", {
    sentence: `No release may be planned on ${name}.`,
    remedy: `Plan on ${patterns.join(" or ")}.`,
    contest: [],
  });
}

/** `*` stands for any name, `{version}` for the start of a version, with or without a v. */
function patternOf(pattern: string): RegExp {
  const source = pattern
    .replace(/[.+^$()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".+")
    .replace("{version}", "v?(?<version>\\d{1,9}(?:\\.\\d{1,9}){0,2})");
  return new RegExp(`^${source}$`);
}

/**
 * The version as its branch has it: `release/1.4` freezes 1.4.0 and lets only fixes upon it follow; `1.x` takes every
 * version that begins with 1. What would leave the branch's range is refused with the commits that ask for it.
 */
export function onBranch(
  counted: Counted,
  { name, version: start }: BranchFound,
  previous: Tagged | null,
): Result<Counted, VersionRefusal> {
  if (start === null || counted.bump === "none" || isWithin(counted.version, start))
    return ok(counted);
  const lowest = [...start.split("."), "0", "0"].slice(0, 3).join(".");
  const frozen = compareVersions(counted.version, lowest) < 0;
  if (!frozen) {
    const contest = counted.reasons.filter(({ bump }) => bump === counted.bump);
    return refuse("out-of-range", {
      sentence: `${counted.version} does not belong on ${name}; a ${counted.bump} bump ${sayCommits(contest)}.`,
      remedy: "Take these commits to the branch of the next version, or release them from there.",
      contest,
    });
  }
  const bump = previous === null ? counted.bump : bumpBetween(previous.version, lowest);
  const reason: BumpReason = {
    commit: "",
    subject: "",
    bump,
    because: `branch ${name} freezes ${lowest}`,
  };
  return ok({
    ...counted,
    version: lowest,
    bump: highest([bump, counted.bump]),
    reasons: [...counted.reasons, reason],
  });
}

const isWithin = (version: string, start: string) =>
  version === start || version.startsWith(`${start}.`) || version.startsWith(`${start}-`);

/** What is known of a branch's place in the history. */
export interface BranchPlace {
  /** The changes since it left the branch that its rules name; null where they name none. */
  readonly since: readonly Change[] | null;
  /** The commit at which it left that branch; null where that is not known. */
  readonly fork: string | null;
  readonly previous: Tagged | null;
}

/** What the rules say against the place of a branch: changes after the freeze, or a beginning elsewhere. */
export function placeRefusal(
  { name, rules }: BranchFound,
  { since, fork, previous }: BranchPlace,
): Result<null, VersionRefusal> {
  const { only, leaves = "", from } = rules;
  const late = (since ?? []).filter(({ message }) => !(only ?? []).includes(message.type ?? ""));
  if (only !== undefined && late.length > 0)
    return refuse("after-freeze", {
      sentence: `${numbered(late.length, "change")} came to ${name} after it left ${leaves} that the freeze does not let in: ${sayChanges(late)}.`,
      remedy: `Only ${only.join(", ")} may follow; take the others off the branch, and onto ${leaves}.`,
      contest: late.map(reasonOf),
    });
  if (from !== "release" || fork === null || fork === previous?.commit) return ok(null);
  return refuse("not-from-release", {
    sentence: `${name} left ${leaves} at ${fork.slice(0, 8)}, not at ${previous?.tag ?? "a release"}.`,
    remedy: `Begin it at the tag: \`git switch --create ${name} ${previous?.tag ?? "TAG"}\`, and bring the fix there.`,
    contest: [],
  });
}

const reasonOf = ({ commit, message }: Change): BumpReason => ({
  commit: commit.id,
  subject: message.header,
  bump: "none",
  because: `type ${message.type ?? "none"} may not follow the freeze`,
});

const sayChanges = (changes: readonly Change[]) =>
  changes
    .slice(0, 5)
    .map(({ commit, message }) => `${commit.id.slice(0, 8)} "${message.header}"`)
    .join(", ");

/**
 * Versions that were released on other branches and come before the one that is planned: their fixes are missing, whatever
 * their number promises. Proven by ancestry, not by names. Those below the last release here are missing only where
 * production has them: a fix of an older line that is kept up beside it need never come here.
 * @param all every version of the line in the repository
 * @param known those that the commit reaches
 * @param production the names of the tags that the branches reach from which hotfixes begin
 */
export function missingReleases(
  {
    all,
    known,
    production = NONE,
  }: { all: readonly Tagged[]; known: readonly Tagged[]; production?: ReadonlySet<string> },
  { previous, version, hotfix }: { previous: Tagged | null; version: string; hotfix?: string },
): readonly Tagged[] {
  const reached = new Set(known.map(({ tag }) => tag));
  return all.filter(
    ({ tag, means, version: other }) =>
      means !== "candidate" &&
      !reached.has(tag) &&
      compareVersions(other, version, hotfix) < 0 &&
      (previous === null ||
        production.has(tag) ||
        compareVersions(other, previous.version, hotfix) > 0),
  );
}

const NONE: ReadonlySet<string> = new Set();
