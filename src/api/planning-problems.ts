// What can be wrong with a wish for a release.
import type { VersionRefusal } from "#core/versioning/plan.ts";
import { named, type ProblemKind } from "./problem-kind.ts";

const VERSIONED: { readonly [Code in VersionRefusal["code"]]: ProblemKind } = {
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
};

/** Codes of the planner. */
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
  "dirty-tree": named(
    "The work tree has changes that are in no commit.",
    409,
    1,
    "Commit them or put them aside.",
  ),
} as const;
