// From commits to a version: what is released, under which number, as which type, and why.
import { ok, type Result } from "../base/result.ts";
import { type BranchFound, onBranch } from "./branching.ts";
import { type Bump, type BumpReason, highest, rank } from "./bump.ts";
import { byRule, countLines, isRisen, membersOf, type Rise, riseTogether } from "./components.ts";
import { linesOf, lineTags, newsOf, WHOLE } from "./lines.ts";
import type { Warning } from "./near.ts";
import { numberOf } from "./number.ts";
import { refuse, type VersionRefusal } from "./refusals.ts";
import { type Choice, chooseType, type ReleaseTypes } from "./release-type.ts";
import type { Change, CommitRecord } from "./reverts.ts";
import { complete, type VersionRules } from "./rules.ts";
import {
  compareVersions,
  isVersion,
  neverUsed,
  nextVersion,
  type Tagged,
  type TagRecord,
  tagged,
  tagOf,
} from "./version.ts";
import { type Wish, withWish } from "./wish.ts";

export interface PlanInput<C extends CommitRecord = CommitRecord> extends Wish {
  /** Tags that the commit to be released can reach. */
  readonly tags: readonly TagRecord[];
  /** The names of all tags of the repository: the number of a candidate, or of a fix upon a release, is given only once. */
  readonly given?: readonly string[];
  /**
   * Children before parents: the commits since `previousRelease(tags, versioning)`, all where there is none. Where the
   * rules have paths or components: with their files, and all that `oldest` of the lines asks for.
   */
  readonly commits: readonly C[];
  /** The policy's `versioning`. */
  readonly versioning: Partial<VersionRules>;
  /** The policy's release types. */
  readonly types: ReleaseTypes;
  /** Tags of versions that were withdrawn. Their numbers are never used again, and what follows is counted on from them. */
  readonly withdrawn?: readonly string[];
  /** The type that somebody asked for; chosen by the bump where it is left out. */
  readonly wantedType?: string | undefined;
  /** The branch that it is planned on, where the rules say something of branches. */
  readonly branch?: BranchFound | null;
}

/** What comes next on one line of versions. */
export interface LinePlan<C extends CommitRecord = CommitRecord> {
  readonly previous: Tagged | null;
  readonly bump: Bump;
  /** The previous one where it does not rise. */
  readonly version: string;
  readonly tag: string;
  /** What made the bump what it is: the commits that asked for it, or the sentence that raised it. */
  readonly reasons: readonly BumpReason[];
  /** What nearly counted, and what a careful reader would ask about. */
  readonly warnings: readonly Warning[];
  /** What stands at the end of its range, newest first. */
  readonly changes: readonly Change[];
  /** The commits since its last release that count for it. */
  readonly commits: readonly C[];
  /** Components that rise and that this line uses, or is linked with. */
  readonly beside: readonly string[];
}

export interface ComponentLinePlan<C extends CommitRecord = CommitRecord> extends LinePlan<C> {
  readonly component: string;
}

/** The plan of the whole, which always rises, and of every component. */
export interface VersionPlan<C extends CommitRecord = CommitRecord> extends LinePlan<C> {
  readonly bump: Exclude<Bump, "none">;
  readonly type: string;
  /** Those that do not rise, too. */
  readonly components: readonly ComponentLinePlan<C>[];
  /** Everything that goes out: all commits since the last release, whatever they touch. */
  readonly carried: readonly C[];
  /** Who wrote them, merges apart: authors and co-authors, sorted, each once. */
  readonly authors: readonly string[];
}

/**
 * The next version and all that comes with it, or why there is none. Pure: equal inputs give equal plans.
 *
 * The bump is the highest that a standing commit asks for. A wanted type that carries higher bumps only raises it to the
 * lowest of those: that is how a person plans a major release without a breaking change, or 1.0.0. A wanted bump may be
 * higher than what the commits ask for, never lower; only an exact version, with a reason, may be anything that comes
 * after the version before. A first release takes everything there is, as the policy's `first` version.
 *
 * Each component is a line of its own beside the whole. The whole rises with any of them, so a release always has a
 * number; the type is that of the highest bump on any line. What a person wishes is wished of the whole, and of those
 * that are linked with it.
 */
export function planVersion<C extends CommitRecord>(
  input: PlanInput<C>,
): Result<VersionPlan<C>, VersionRefusal> {
  const rules = complete(input.versioning);
  if (!isVersion(rules.first)) return unreadableFirst(rules.first);
  const news = newsOf(lineTags(linesOf(rules), input.tags), input.commits);
  const wished = asWished(riseTogether(countLines(news, rules)), input, rules.first);
  if (!wished.ok) return wished;
  const lines = wished.value;
  const chosen = chooseType(leastOf(lines), { ...input, candidate: input.branch?.rules.candidate });
  if (!chosen.ok) return chosen;
  const raised = freed(riseTogether(raisedBy(chosen.value, lines)), input, chosen.value);
  const plans = numbered(raised, { input, chosen: chosen.value, hotfix: rules.hotfix });
  if (!plans.ok) return plans;
  const [whole, ...parts] = plans.value;
  if (whole === undefined || whole.bump === "none") throw new Error("a whole did not rise");
  const components = parts.map(({ name, ...plan }) => ({ component: name, ...plan }));
  const carried = raised[0]?.since ?? [];
  const { name: _, bump, ...plan } = whole;
  return ok({
    ...{ ...plan, bump, type: chosen.value.type, components, carried },
    warnings: once(raised.flatMap(({ warnings }) => warnings)),
    authors: authorsOf(carried),
  });
}

/** The lines with what a person or the branch asks of the whole; a refusal where nothing is to be released. */
function asWished<C extends CommitRecord>(
  lines: readonly Rise<C>[],
  input: PlanInput<C>,
  first: string,
): Result<readonly Rise<C>[], VersionRefusal> {
  const [whole, ...parts] = lines;
  if (whole === undefined) throw new Error("there is no line of the whole");
  const { previous, known, changes } = whole;
  const withdrawn = versionsIn(input.withdrawn, membersOf(whole.line, lines));
  const wish = withWish(whole, input, { previous, known, first, withdrawn });
  if (!wish.ok) return wish;
  const { branch = null } = input;
  const asked = branch === null ? wish : onBranch(wish.value, branch, previous);
  if (!asked.ok) return asked;
  if (asked.value.bump === "none" || (changes.length === 0 && !parts.some(isRisen)))
    return nothing(previous, changes);
  const risen = riseTogether([{ ...whole, ...asked.value }, ...parts]);
  const { wantedVersion } = input;
  const other = risen[0]?.version ?? "";
  if (wantedVersion === undefined || other === wantedVersion.version) return ok(risen);
  return refuse("version-not-next", {
    sentence: `${wantedVersion.version} is set by hand, and a component that is linked with it goes to ${other}.`,
    remedy: `Name ${other} or a version after it.`,
    contest: [],
  });
}

/** The highest bump of any line, with what asks for it. */
function leastOf(lines: readonly Rise[]) {
  const bump = highest(lines.map((line) => line.bump));
  if (bump === "none") throw new Error("a type was chosen though nothing rises");
  return { bump, reasons: lines.find((line) => line.bump === bump)?.reasons ?? [] };
}

/** With the whole raised to what its type carries at least, where no line comes to as much by itself. */
function raisedBy<C extends CommitRecord>(
  { bump, type }: Choice,
  lines: readonly Rise<C>[],
): readonly Rise<C>[] {
  const [whole, ...parts] = lines;
  if (whole === undefined || rank(bump) <= rank(highest(lines.map((line) => line.bump))))
    return lines;
  const { known, previous, version: first, reasons } = whole;
  const version = previous === null ? first : nextVersion(known, { previous, bump, first }).version;
  const reason = byRule(bump, `type ${type} carries no lower bump`);
  return [{ ...whole, bump, version, reasons: [...reasons, reason] }, ...parts];
}

/** The versions of linked lines among the names of tags. */
function versionsIn(
  names: readonly string[] = [],
  members: readonly Pick<Rise, "line">[],
): readonly string[] {
  const tags = names.map((name) => ({ name, commit: "" }));
  return members.flatMap(({ line }) => tagged(tags, line).map(({ version }) => version));
}

/**
 * With every line past the numbers that were withdrawn on it or on those linked with it, so that these still go alike. What
 * a person set stands, and a fix upon a version has a row of its own.
 */
function freed<C extends CommitRecord>(
  lines: readonly Rise<C>[],
  input: PlanInput<C>,
  { bump, type }: Choice,
): readonly Rise<C>[] {
  if (input.types[type]?.suffix !== undefined) return lines;
  const [whole] = lines;
  const past = lines.map((rise) => {
    const members = membersOf(rise.line, lines);
    const isSet = input.wantedVersion !== undefined && members.some((one) => one === whole);
    if (!isRisen(rise) || isSet) return rise;
    const version = neverUsed(rise.version, versionsIn(input.withdrawn, members));
    if (version === rise.version) return rise;
    const because = `${rise.version} was withdrawn, and its number is never used again`;
    return { ...rise, version, reasons: [...rise.reasons, byRule(rise.bump, because)] };
  });
  if (past.every((rise, at) => rise === lines[at])) return lines;
  // What rises with them may come to such a number in its turn; there are only so many.
  return freed(riseTogether(past), input, { bump, type });
}

/** Every line with its number. Those that are linked are numbered alike: from all that any of them has used. */
function numbered<C extends CommitRecord>(
  lines: readonly Rise<C>[],
  { input, chosen, hotfix }: { input: PlanInput<C>; chosen: Choice; hotfix: string },
): Result<readonly (LinePlan<C> & { readonly name: string })[], VersionRefusal> {
  const { suffix, candidate } = input.types[chosen.type] ?? {};
  // Only the numbers of a row ask for all tags there are.
  const hasRow = (suffix ?? candidate) !== undefined;
  const plans: (LinePlan<C> & { readonly name: string })[] = [];
  for (const [at, rise] of lines.entries()) {
    const { line, previous, bump, warnings, changes, commits } = rise;
    const { name } = line;
    const members = membersOf(line, lines);
    const found = !isRisen(rise)
      ? ok({ version: rise.version, reasons: [] })
      : numberOf(rise, chosen, {
          ...{ types: input.types, hotfix },
          known: knownOf(members, hotfix),
          given: versionsIn(hasRow ? input.given : [], members),
          withdrawn: versionsIn(input.withdrawn, members),
          isWhole: at === 0,
          head: input.commits[0]?.id,
          isSet: input.wantedVersion !== undefined && members.includes(lines[0] ?? rise),
        });
    if (!found.ok) return found;
    const { version } = found.value;
    const reasons = [...rise.reasons.filter((one) => one.bump === bump), ...found.value.reasons];
    const beside = lines
      .filter((other) => other !== rise && isRisen(rise) && isRisen(other) && isPart(other))
      .filter((other) => line.uses.includes(other.line.name) || members.includes(other))
      .map((other) => other.line.name);
    const tag = tagOf(line.tag, version);
    plans.push({ name, previous, bump, version, tag, reasons, warnings, changes, commits, beside });
  }
  return ok(plans);
}

/** The tags of linked lines, the highest version first, as those of one line are already. */
function knownOf(members: readonly Rise[], hotfix: string): readonly Tagged[] {
  const [first, ...others] = members;
  if (first === undefined || others.length === 0) return first?.known ?? [];
  const all = members.flatMap(({ known }) => known);
  return all.sort((a, b) => compareVersions(b.version, a.version, hotfix));
}

const isPart = ({ line }: Pick<Rise, "line">) => line.name !== WHOLE;

/** Each warning once: what is said of a commit is said for every line that it touches. */
function once(warnings: readonly Warning[]): readonly Warning[] {
  const said = new Map(warnings.map((one) => [`${one.commit} ${one.line} ${one.sentence}`, one]));
  return [...said.values()];
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
