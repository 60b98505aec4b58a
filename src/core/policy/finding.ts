import type { Policy } from "./policy.ts";

/** Something that is wrong with a policy that could be read: a promise it cannot keep, a word that leads nowhere. */
export interface Finding {
  /** The rule that found it: the name of its file in `rules/`. */
  readonly rule: string;
  /** An error keeps releases from being planned; a warning is told. */
  readonly severity: "error" | "warning";
  /** The way to the place in the policy: keys and indices. */
  readonly path: readonly (string | number)[];
  /** Whether the key at the path is meant rather than its value. */
  readonly part?: "key" | "value";
  /** One sentence without a full stop at its end. */
  readonly sentence: string;
  /** What to do about it: a sentence of its own, or empty. */
  readonly remedy: string;
}

/** A rule says what it finds; nothing where the policy keeps it. It is total: broken references are another rule's. */
export type Rule = (policy: Policy) => readonly Omit<Finding, "rule">[];
