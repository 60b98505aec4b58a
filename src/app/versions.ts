// What can be said of versions from a repository and rules alone: without a policy, a store or a person.
import { err, ok, type Result } from "#core/base/result.ts";
import type { BumpReason } from "#core/versioning/bump.ts";
import { announcedAfter, nextInRow } from "#core/versioning/candidates.ts";
import { type ComponentPlan, planComponents } from "#core/versioning/components.ts";
import { type Counted, countVersion } from "#core/versioning/count.ts";
import { type LineTags, linesOf, lineTags, oldest } from "#core/versioning/lines.ts";
import type { Warning } from "#core/versioning/near.ts";
import { rulesAt } from "#core/versioning/periods.ts";
import { type DatedCommit, type Replay, replayVersions } from "#core/versioning/replay.ts";
import { within } from "#core/versioning/scope.ts";
import type { VersioningRules } from "#core/versioning/shape.ts";
import { isVersion, type Tagged, tagged, versionAtEnd } from "#core/versioning/version.ts";
import type { Commit, History } from "./ports/history.ts";
import type { Problem } from "./problem.ts";

/** The answer of `holdpoint version`: a pure function of the commits and the rules. */
export interface VersionAnswer {
  /** As they were named; `from` is null where the range begins with the history. */
  readonly from: string | null;
  readonly to: string;
  /** The version that the range follows; null where nothing was released. */
  readonly previous: string | null;
  readonly bump: Counted["bump"];
  /** The version after the range; the previous one where the bump is none. */
  readonly version: string;
  /** What decided. */
  readonly reasons: readonly BumpReason[];
  readonly warnings: readonly Warning[];
  /** How many commits the range has, and how many of them count for the paths of the rules. */
  readonly commits: number;
  readonly counted: number;
}

type Answered<Value> = Promise<Result<Value, readonly Problem[]>>;

/** Refuses a history that is not whole: every number from it would be wrong. */
export async function wholeHistory(history: History): Answered<null> {
  const cut = await history.cut();
  if (cut === "shallow")
    return refuse(
      "shallow-clone",
      "The clone is shallow, so commits and tags are missing from its history.",
      "Fetch all of it with `git fetch --unshallow --tags`, then try again.",
    );
  if (cut === "grafted")
    return refuse(
      "grafted-history",
      "Commits have other parents here than they were made with: the repository has an `info/grafts` file.",
      "Take that file away, then try again.",
    );
  return ok(null);
}

/**
 * The version that follows a range that is known: `A..B`, `..B` from the beginning on.
 * @param range two tags or commits; A says the version before
 * @param candidate the name of the candidates, where the next of those is asked for: `beta`
 */
export async function versionOfRange(
  history: History,
  range: string,
  rules: VersioningRules,
  candidate?: string,
): Answered<VersionAnswer> {
  const ends = await endsOf(history, range);
  if (!ends.ok) return ends;
  const { from, to } = ends.value;
  const before = from === null ? null : await versionAt(history, from, rules);
  const commits = await read(history, { from: from?.id ?? null, to: to.id, rules });
  const held = rulesAt(rules, commits[0]?.at ?? 0);
  const counted = within(commits, held.paths);
  const found = countVersion(
    { previous: before, known: [], commits: counted, released: commits.length > 0 },
    held,
  );
  const names = { from: from?.name ?? null, to: to.name };
  const answer = asCandidate(found, {
    word: candidate,
    previous: before,
    given: before ? [before] : [],
  });
  return ok(answerOf(answer, { ...names, previous: before, commits, counted, rules: held }));
}

/** The candidate that announces what was counted, where one is asked for. */
function asCandidate(
  found: Counted,
  {
    word,
    previous,
    given,
  }: { word: string | undefined; previous: Tagged | null; given: readonly Tagged[] },
): Counted {
  if (word === undefined || found.bump === "none") return found;
  const base =
    previous?.means === "candidate" ? announcedAfter(previous.version, found.bump) : found.version;
  const used = given.map(({ version }) => version);
  return { ...found, version: nextInRow(used, { base, word }) };
}

/** The version that comes next at a commit, after the highest release that it contains. */
export async function nextVersionAt(
  history: History,
  name: string,
  rules: VersioningRules,
  candidate?: string,
): Answered<VersionAnswer> {
  const [to, all] = await Promise.all([history.resolve(name), history.tags(null)]);
  if (to === null) return noCommit(name);
  const given = tagged(all, rules);
  const known = await reachedBy(history, to, given);
  const previous = known.find(({ means }) => means !== "candidate") ?? null;
  const commits = await read(history, { from: previous?.commit ?? null, to, rules });
  const counted = within(commits, rules.paths);
  const found = countVersion({ previous, known, commits: counted }, rules);
  const names = { from: previous?.tag ?? null, to: name };
  const answer = asCandidate(found, { word: candidate, previous, given });
  return ok(answerOf(answer, { ...names, previous, commits, counted, rules }));
}

/** So many of the highest versions are asked for by themselves, before git is asked which of all tags a commit reaches. */
const LIKELY = 8;

/**
 * The versions that a commit reaches, the highest first, down to the first that was released: what is below decides
 * nothing. Nearly always the highest version there is will be reached, so one question is enough for any number of tags.
 */
async function reachedBy(
  history: History,
  commit: string,
  line: readonly Tagged[],
): Promise<readonly Tagged[]> {
  const reached: Tagged[] = [];
  for (const one of line.slice(0, LIKELY)) {
    if (!(await history.contains(one.commit, commit))) continue;
    reached.push(one);
    if (one.means !== "candidate") return reached;
  }
  if (line.length <= LIKELY) return reached;
  const names = new Set((await history.tags(commit)).map((tag) => tag.name));
  return line.filter(({ tag }) => names.has(tag));
}

/** What comes next for every component, from one pass over the history since the oldest of their releases. */
export async function nextOfComponents(
  history: History,
  name: string,
  rules: VersioningRules,
): Answered<readonly ComponentPlan[]> {
  const to = await history.resolve(name);
  if (to === null) return noCommit(name);
  const tags = await history.tags(to);
  const [, ...parts] = lineTags(linesOf(rules), tags);
  const commits = await newsFor(history, parts, to);
  return ok(planComponents({ tags, commits }, rules));
}

/** Every commit that may be new to one of some lines, with its files where their paths tell, from one pass over the history. */
export async function newsFor(
  history: History,
  lines: readonly LineTags[],
  to: string,
): Promise<readonly Commit[]> {
  const [first, ...more] = oldest(lines) ?? [];
  const base =
    first !== undefined && more.length > 0 ? await history.mergeBase([first, ...more]) : first;
  const files = lines.some(({ line }) => line.paths.length > 0);
  const commits: Commit[] = [];
  await history.walk({ to, from: base ? [base] : [], files }, (commit) => commits.push(commit));
  return commits;
}

/** Today's rules over every old tag of the line. */
export async function replayOf(history: History, rules: VersioningRules): Answered<Replay> {
  const tags = await history.tags(null);
  const commits: DatedCommit[] = [];
  const to = (await history.resolve("HEAD")) === null ? null : "HEAD";
  const files = rules.paths.length > 0;
  await history.walk({ to, tags: true, files }, (commit) => commits.push(commit));
  return ok(replayVersions({ commits, tags }, rules));
}

/** The commits of a range, newest first. */
export async function commitsOfRange(history: History, range: string): Answered<readonly Commit[]> {
  const ends = await endsOf(history, range);
  if (!ends.ok) return ends;
  const { from, to } = ends.value;
  return ok(await history.commits(from?.id ?? null, to.id));
}

interface End {
  readonly name: string;
  readonly id: string;
}

async function endsOf(
  history: History,
  range: string,
): Answered<{ readonly from: End | null; readonly to: End }> {
  const [, from = "", to = ""] = /^(.*?)\.\.(?!\.)(.*)$/.exec(range) ?? [];
  if (to === "")
    return refuse(
      "bad-range",
      `"${range.slice(0, 200)}" is no range of commits.`,
      "Write it as A..B with two tags or commits, or as ..B from the beginning on.",
    );
  const [a, b] = await Promise.all([
    from === "" ? null : history.resolve(from),
    history.resolve(to),
  ]);
  if (from !== "" && a === null) return noCommit(from);
  if (b === null) return noCommit(to);
  return ok({ from: a === null ? null : { name: from, id: a }, to: { name: to, id: b } });
}

/** The version that the beginning of a range stands for: in its name, else in a tag on it, else the highest before it. */
async function versionAt(
  history: History,
  { name, id }: End,
  rules: VersioningRules,
): Promise<Tagged | null> {
  const [own] = tagged([{ name, commit: id }], rules);
  if (own !== undefined) return own;
  const plain = versionAtEnd(name);
  if (plain !== null && isVersion(plain))
    return {
      tag: name,
      version: plain,
      commit: id,
      means: plain.includes("-") ? "candidate" : "release",
    };
  const known = tagged(await history.tags(id), rules);
  return known.find(({ means }) => means !== "candidate") ?? null;
}

async function read(
  history: History,
  { from, to, rules }: { from: string | null; to: string; rules: VersioningRules },
): Promise<readonly Commit[]> {
  const commits: Commit[] = [];
  const files = rules.paths.length > 0;
  await history.walk({ to, from: from === null ? [] : [from], files }, (commit) =>
    commits.push(commit),
  );
  return commits;
}

function answerOf(
  { bump, version, reasons, warnings }: Counted,
  {
    previous,
    commits,
    counted,
    rules,
    ...names
  }: {
    from: string | null;
    to: string;
    previous: Tagged | null;
    commits: readonly Commit[];
    counted: readonly unknown[];
    rules: VersioningRules;
  },
): VersionAnswer {
  return {
    ...names,
    previous: previous?.version ?? null,
    bump,
    version,
    reasons: reasons.filter((reason) => reason.bump === bump),
    warnings: [...warnings, ...pathWarnings(commits, counted, rules)],
    commits: commits.length,
    counted: counted.length,
  };
}

function pathWarnings(
  commits: readonly Commit[],
  counted: readonly unknown[],
  { paths }: VersioningRules,
): readonly Warning[] {
  if (paths.length === 0 || counted.length > 0 || commits.length === 0) return [];
  const touched = commits.some(({ files = [] }) => files.length > 0);
  const sentence = touched
    ? `No commit of the range touches ${paths.join(", ")}.`
    : "No commit of the range touches any file, so the paths of the rules find nothing.";
  return [{ commit: "", subject: "", sentence }];
}

function noCommit(name: string) {
  return refuse(
    "no-commit",
    `The repository has no commit ${name.slice(0, 200)}.`,
    "Name a branch, a tag or a commit that it has.",
  );
}

function refuse(code: string, sentence: string, remedy: string) {
  return err([{ code, sentence, remedy }]);
}
