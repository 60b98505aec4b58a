import type { RefusalCode } from "#core/release/refusals.ts";
import type { VersionRefusal } from "#core/versioning/refusals.ts";
import { named, type ProblemKind } from "./problem-kind.ts";

/** What is wrong with a wish for a release: see core/versioning/plan.ts and the planner. */
const VERSIONED: {
  readonly [Code in Exclude<VersionRefusal["code"], RefusalCode>]: ProblemKind;
} = {
  "nothing-to-release": named(
    "No commit since the last release asks for a new version.",
    409,
    1,
    "Commit a fix or a feature, then plan again.",
  ),
  "unknown-type": named("The policy has no such release type.", 422, 2, "See its `types`."),
  "type-unclear": named("Several release types fit.", 422, 2, "Name one with --type."),
  "no-type-fits": named("No release type carries such a bump.", 422, 2, "Add it to a type."),
  "type-contested": named(
    "The release type does not carry the bump that the commits ask for.",
    422,
    2,
    "Name a type that does.",
  ),
  "unreadable-version": named(
    "The policy's first version is no SemVer version.",
    422,
    2,
    "Write `versioning.first` as 0.1.0 or 1.0.0.",
  ),
  "bump-too-low": named(
    "The bump is lower than the one that the commits ask for.",
    422,
    2,
    "Ask for that one, or name the exact version with a reason.",
  ),
  "version-not-next": named(
    "The version does not come after the one before.",
    422,
    2,
    "Name one that does.",
  ),
  "no-base": named("Nothing was released that could be fixed.", 409, 1, "Release it first."),
  "detached-head": named(
    "HEAD is on no branch, and the policy says which branches releases come from.",
    409,
    1,
    "Check the branch out, or name it with --ref.",
  ),
  "wrong-branch": named(
    "The policy lets no release be planned on this branch.",
    409,
    1,
    "Plan on one of its `versioning.branches`.",
  ),
  "out-of-range": named(
    "The version does not belong on this branch.",
    409,
    1,
    "Release it from the branch whose range it is in.",
  ),
  "after-freeze": named(
    "Changes came after the code freeze that the policy does not let in.",
    409,
    1,
    "Take these commits off the branch.",
  ),
  "not-from-release": named(
    "The branch does not begin at the last release.",
    409,
    1,
    "Begin it anew at the tag of the last release.",
  ),
  "not-merged-back": named(
    "A version released before on another branch is missing here.",
    409,
    1,
    "Merge its tag into this branch.",
  ),
};

export const PLANNED = {
  ...VERSIONED,
  "no-commit": named("The repository has no such commit.", 422, 2, "Name one that it has."),
  "change-not-allowed": named(
    "The release type may not carry one of the commits.",
    422,
    1,
    "Release it as another type, or from a branch without it.",
  ),
  "lead-too-short": named(
    "T-0 is nearer than the release type's lead.",
    422,
    2,
    "Take a later T-0, or leave it out for the earliest legal slot.",
  ),
  "no-slot": named(
    "The calendar has no legal slot for the release type within a year.",
    422,
    1,
    "Change the policy's calendar, or name a T-0.",
  ),
  "missing-need": named(
    "This release type needs something named.",
    422,
    2,
    "Add the option that the answer names.",
  ),
  "tag-exists": named(
    "The version's tag exists on another commit.",
    409,
    1,
    "Release from a commit that contains it.",
  ),
  "shallow-clone": named(
    "The clone is shallow, so history is missing.",
    409,
    1,
    "Fetch all of it with `git fetch --unshallow --tags`.",
  ),
  "grafted-history": named(
    "The history is not the one that the commits were made with.",
    409,
    1,
    "Take the grafts away.",
  ),
  "bad-range": named("This is no range of commits.", 422, 2, "Write it as A..B."),
  "bad-rules": named("The rules file is not right.", 422, 2, "See docs/versions.md."),
  "no-component": named("The rules have no such component.", 422, 2, "Name one that they have."),
  "tags-missing": named(
    "A version is claimed, but no tag of any version is here.",
    409,
    1,
    "Fetch the tags with `git fetch --tags`.",
  ),
  "tag-moved": named(
    "A tag stands on another commit than the release that set it.",
    409,
    1,
    "Set the tag where it was, then plan again.",
  ),
  "dirty-tree": named(
    "The work tree has changes that are in no commit.",
    409,
    1,
    "Commit them or put them aside.",
  ),
} as const;
