import type { CommitMessage } from "./commit.ts";
import type { Change } from "./reverts.ts";
import { type CountingRules, complete } from "./rules.ts";

const BUMPS = ["none", "patch", "minor", "major"] as const;
export type Bump = (typeof BUMPS)[number];

/** Why the version rises as it does: one commit, what it asks for, by which rule. */
export interface BumpReason {
  /** The commit's id; empty where the reason is no commit. */
  readonly commit: string;
  /** Its header. */
  readonly subject: string;
  readonly bump: Bump;
  /** The rule, for people. */
  readonly because: string;
}

export interface Asked {
  readonly bump: Bump;
  /** Every commit that asks for a bump, in the order of the changes. */
  readonly reasons: readonly BumpReason[];
}

/**
 * What a range of changes asks for: the highest of what its commits ask for.
 *
 * A commit asks by its type, as the rules' table has it (a type that is not in it asks for none), and for a major bump
 * by `!` after the type or a BREAKING CHANGE line, whatever its type. What `initial` makes of that before 1.0.0, where
 * SemVer (clause 4) promises nothing, the rules say; 1.0.0 itself is never reached by commits alone unless they say
 * `same`. `floor` is the least that any change comes to.
 * @param initial whether the version before is below 1.0.0
 */
export function bumpOf(
  changes: readonly Change[],
  {
    initial,
    ...given
  }: Omit<CountingRules, "initial"> & {
    readonly initial: boolean | NonNullable<CountingRules["initial"]>;
  },
): Asked {
  const before = initial === true ? "minor" : initial === false ? "same" : initial;
  const rules = complete({ ...given, initial: before });
  const reasons = changes.flatMap(({ commit, message }): BumpReason[] => {
    const asked = askedBy(message, rules);
    return asked.bump === "none" ? [] : [{ commit: commit.id, subject: message.header, ...asked }];
  });
  const bump = highest(reasons.map((reason) => reason.bump));
  if (bump !== "none" || rules.floor === "none") return { bump, reasons };
  const because = `the rules have every release carry a ${rules.floor} bump at least`;
  return { bump: rules.floor, reasons: [{ commit: "", subject: "", bump: rules.floor, because }] };
}

/** The highest of some bumps; `none` of no bumps. */
export function highest(bumps: readonly Bump[]): Bump {
  return bumps.reduce((most, bump) => (rank(bump) > rank(most) ? bump : most), "none");
}

/** The place of a bump in their order: 0 for none, 3 for major. */
export function rank(bump: Bump): number {
  return BUMPS.indexOf(bump);
}

type Counting = Required<CountingRules>;

function askedBy(message: CommitMessage, rules: Counting): { bump: Bump; because: string } {
  const mark = markOf(message, rules);
  if (mark !== null) {
    return rules.initial === "same"
      ? { bump: "major", because: `${mark} asks for a major bump` }
      : { bump: "minor", because: `${mark} asks for a minor bump before 1.0.0` };
  }
  const { bump, name } = ofType(message, rules.bumps);
  return bump === "minor" && rules.initial === "shift"
    ? { bump: "patch", because: `type ${name} asks for a patch bump before 1.0.0` }
    : { bump, because: `type ${name} asks for a ${bump} bump` };
}

/** What marks a breaking change; null where nothing does. */
function markOf(message: CommitMessage, { exclamation }: Counting): string | null {
  if (message.breakingNotes.length > 0) return "BREAKING CHANGE";
  if (!message.breaking) return null;
  return exclamation || !message.exclamation ? '"!" after the type' : null;
}

/** What the table says of a type, with its scope where the table knows that. */
function ofType(
  { type, scope }: CommitMessage,
  bumps: CountingRules["bumps"],
): { bump: Bump; name: string } {
  const names = type === null ? [] : [...(scope === null ? [] : [`${type}(${scope})`]), type];
  const name = names.find((one) => Object.hasOwn(bumps, one));
  if (name === undefined) return { bump: "none", name: type ?? "" };
  return { bump: bumps[name] ?? "none", name };
}

/** One sentence per commit or rule that decided. */
export function sayReasons(reasons: readonly BumpReason[]): readonly string[] {
  return reasons.map(({ commit, subject, because }) =>
    commit === "" ? because : `${commit.slice(0, 12)} ${subject}: ${because}`,
  );
}
