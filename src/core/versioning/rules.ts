// How versions are counted, as data. A policy says it in `versioning`; a rules file says the same by itself (docs/versions.md).
import type { Bump } from "./bump.ts";

/** What a tag of a pattern is: a version that was released, or one that is only announced. */
export type TagMeaning = "release" | "candidate";

/** Which tags carry versions of one line. */
export interface LineRules {
  /** How the tag of a version is named; `{version}` stands in it. */
  readonly tag: string;
  /** Further patterns whose tags carry versions of the same line. */
  readonly line?: readonly { readonly tag: string; readonly means: TagMeaning }[];
  /** The suffix of a fix upon a released version: 1.2.2-hotfix.1 comes after 1.2.2, where SemVer sorts it before. */
  readonly hotfix?: string;
}

/** What commits ask for. Everything that is left out is as DEFAULTS has it. */
export interface CountingRules {
  /** Which type asks for which bump; `type(scope)` goes before `type`; what is not here asks for none. */
  readonly bumps: Readonly<Record<string, Bump>>;
  /** The least that any change comes to. */
  readonly floor?: "none" | "patch";
  /**
   * Before 1.0.0: `same`: as after it; `minor`: a breaking change asks for a minor bump; `shift`: that, and what would be
   * a minor bump is a patch.
   */
  readonly initial?: "same" | "minor" | "shift";
  /** Whether `!` marks a breaking change; BREAKING CHANGE always does. */
  readonly exclamation?: boolean;
  /** Whether a revert takes its target in the same range away, or only counts as a change of type revert. */
  readonly reverts?: "cancel" | "count";
  /** When the bullets of a squashed commit count as changes: where its header names no type, always, or never. */
  readonly squash?: "untyped" | "every" | "never";
  /** Whether a footer `Release-As: 2.0.0` sets the version. */
  readonly overrides?: boolean;
}

/** A part of the repository with versions of its own. */
interface ComponentRules {
  /** How its tags are named. */
  readonly tag: string;
  /** Folders, files or globs; only commits that touch one of them count. */
  readonly paths: readonly string[];
  /** Components that it is built on: it rises with them. */
  readonly uses: readonly string[];
  /** A group whose members always have the same version. */
  readonly linked?: string | undefined;
}

export interface VersionRules extends LineRules, CountingRules {
  /** The version where nothing was released yet. */
  readonly first: string;
  /** What counts for the repository's own line; everything where it is empty. */
  readonly paths?: readonly string[];
  readonly components?: Readonly<Record<string, ComponentRules>>;
  /** The group of components that the repository's own line is a member of. */
  readonly linked?: string | undefined;
}

/** Rules with everything filled in that has a default. */
type Complete = Required<Omit<VersionRules, "linked">> & Pick<VersionRules, "linked">;

export const DEFAULTS = {
  tag: "v{version}",
  first: "0.1.0",
  line: [],
  hotfix: "hotfix",
  bumps: { feat: "minor", fix: "patch", perf: "patch", hotfix: "patch", revert: "patch" },
  floor: "none",
  initial: "minor",
  exclamation: true,
  reverts: "cancel",
  squash: "untyped",
  overrides: true,
  paths: [],
  components: {},
} as const satisfies Complete;

/** Rules with everything filled in. */
export function complete(rules: Partial<VersionRules>): Complete {
  return { ...DEFAULTS, ...rules };
}
