// What nearly counted. None of it changes a version; all of it is what somebody will ask about afterwards.

import { bumpOf, highest, rank } from "./bump.ts";
import type { Change } from "./reverts.ts";
import { DEFAULTS, type VersionRules } from "./rules.ts";
import { bulletsOf } from "./squash.ts";
import { shortId } from "./text.ts";

/** A place in a commit message that a careful reader would ask about. */
export interface Warning {
  /** The commit's id; empty where it is about no commit. */
  readonly commit: string;
  readonly subject: string;
  /** 1-based, in the message; left out where it is about the whole of it. */
  readonly line?: number;
  readonly column?: number;
  readonly sentence: string;
}

/** Types that teams use for work that asks for no release (Angular's list); they are no news. */
const QUIET: ReadonlySet<string> = new Set([
  "build",
  "chore",
  "ci",
  "docs",
  "feat",
  "fix",
  "merge",
  "perf",
  "refactor",
  "release",
  "revert",
  "style",
  "test",
  "tests",
  "wip",
]);

/** Whether a type is one of those that teams use for work that asks for no release. */
export const isQuiet = (type: string): boolean => QUIET.has(type);

/** What nearly counted in a range: prose about breaking changes, unknown types, blanks, bullets of a squash merge. */
export function nearMisses(
  changes: readonly Change[],
  rules: Partial<VersionRules>,
): readonly Warning[] {
  const seen = new Set<string>();
  return changes.flatMap((change) => {
    if (seen.has(change.commit.id)) return [];
    seen.add(change.commit.id);
    return nearlyBy(change, rules);
  });
}

function nearlyBy(change: Change, rules: Partial<VersionRules>): Warning[] {
  const { commit, message } = change;
  const about = { commit: commit.id, subject: message.header };
  const places = message.problems.map((problem) => ({ ...about, ...problem }));
  return [...places, ...unknownType(change, rules), ...bullets(change, rules)].map((one) => ({
    ...one,
    ...about,
  }));
}

function unknownType({ message }: Change, { bumps = DEFAULTS.bumps }: Partial<VersionRules>) {
  const { type, conventional } = message;
  if (!conventional || type === null || Object.hasOwn(bumps, type) || QUIET.has(type)) return [];
  const sentence = `The rules know no type ${type}, so it asks for no bump.`;
  return [{ line: 1, column: 1, sentence }];
}

/** Bullets that would have asked for more than the header of their squash merge does. */
function bullets(change: Change, rules: Partial<VersionRules>) {
  const { commit, message } = change;
  if (rules.squash === "every" || message.type === null) return [];
  const held = bulletsOf(message, commit.message).map((part) => ({ commit, message: part }));
  if (held.length === 0) return [];
  const counting = { ...DEFAULTS, ...rules, floor: "none", initial: "same" } as const;
  const [own, theirs] = [bumpOf([change], counting).bump, bumpOf(held, counting)];
  if (rank(theirs.bump) <= rank(own)) return [];
  const loudest = theirs.reasons.find(({ bump }) => bump === highest([theirs.bump, own]));
  const sentence = `The header speaks for the whole squash merge, so its bullet "${loudest?.subject}" asks for nothing.`;
  return [{ sentence }];
}

/** A warning as one sentence with its place. */
export function sayWarning({ commit, subject, line, column, sentence }: Warning): string {
  if (commit === "") return sentence;
  const place = line === undefined ? "" : ` line ${line}, column ${column}`;
  return `${shortId(commit)} "${subject}"${place}: ${sentence}`;
}
