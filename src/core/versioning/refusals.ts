// Why there is no version. Each refusal names what stands against it and says what to do.
import { err } from "../base/result.ts";
import type { BumpReason } from "./bump.ts";
import { shortId } from "./text.ts";

export interface VersionRefusal {
  readonly code:
    | "nothing-to-release"
    | "unknown-type"
    | "type-unclear"
    | "no-type-fits"
    | "type-contested"
    | "unreadable-version"
    | "bump-too-low"
    | "version-not-next"
    | "reason-missing"
    | "no-base"
    | "detached-head"
    | "wrong-branch"
    | "out-of-range"
    | "after-freeze"
    | "not-from-release"
    | "not-merged-back";
  /** One sentence: what is refused and why, with names. */
  readonly sentence: string;
  readonly remedy: string;
  /** The commits that stand against it. */
  readonly contest: readonly BumpReason[];
}

export function refuse(code: VersionRefusal["code"], more: Omit<VersionRefusal, "code">) {
  return err({ code, ...more } satisfies VersionRefusal as VersionRefusal);
}

const SHOWN = 5;

/** `is asked for by` and the first few commits. */
export function sayCommits(contest: readonly BumpReason[]): string {
  const shown = contest
    .slice(0, SHOWN)
    .map(({ commit, subject, because }) =>
      commit === "" ? because : `${shortId(commit)} "${subject}"`,
    );
  const more = contest.length - shown.length;
  return `is asked for by ${shown.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}
