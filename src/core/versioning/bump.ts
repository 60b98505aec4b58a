import type { CommitMessage } from "./commit.ts";
import type { Change } from "./reverts.ts";

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
 * A commit asks by its type, as the policy's table has it (a type that is not in it asks for none), and for a major bump
 * by `!` after the type or a BREAKING CHANGE line, whatever its type. Before 1.0.0 (`initial`) a breaking change asks
 * for a minor bump, since SemVer (clause 4) promises nothing there; all else stays as it is, and 1.0.0 itself is never
 * reached by commits alone: somebody has to plan a release of a type that carries major bumps only.
 */
export function bumpOf(
  changes: readonly Change[],
  { bumps, initial }: { bumps: Readonly<Record<string, Bump>>; initial: boolean },
): Asked {
  const reasons = changes.flatMap(({ commit, message }): BumpReason[] => {
    const asked = askedBy(message, { bumps, initial });
    return asked.bump === "none" ? [] : [{ commit: commit.id, subject: message.header, ...asked }];
  });
  return { bump: highest(reasons.map(({ bump }) => bump)), reasons };
}

/** The highest of some bumps; `none` of no bumps. */
export function highest(bumps: readonly Bump[]): Bump {
  return bumps.reduce((most, bump) => (rank(bump) > rank(most) ? bump : most), "none");
}

/** The place of a bump in their order: 0 for none, 3 for major. */
export function rank(bump: Bump): number {
  return BUMPS.indexOf(bump);
}

function askedBy(
  { type, breaking, breakingNotes }: CommitMessage,
  { bumps, initial }: { bumps: Readonly<Record<string, Bump>>; initial: boolean },
): { bump: Bump; because: string } {
  if (breaking) {
    const mark = breakingNotes.length > 0 ? "BREAKING CHANGE" : '"!" after the type';
    return initial
      ? { bump: "minor", because: `${mark} asks for a minor bump before 1.0.0` }
      : { bump: "major", because: `${mark} asks for a major bump` };
  }
  const bump = type !== null && Object.hasOwn(bumps, type) ? (bumps[type] ?? "none") : "none";
  return { bump, because: `type ${type} asks for a ${bump} bump` };
}
