import type { Instant } from "../base/time.ts";
import type { Policy } from "./policy.ts";

/** An error keeps releases from being planned; a warning is told; a note is good to know. */
export const SEVERITIES = ["error", "warning", "note"] as const;
export type Severity = (typeof SEVERITIES)[number];

/** Something that is wrong with a policy that could be read: a promise it cannot keep, a word that leads nowhere. */
export interface Finding {
  /** The rule that found it: the name of its file in `rules/`. */
  readonly rule: string;
  readonly severity: Severity;
  /** The way to the place in the policy: keys and indices. */
  readonly path: readonly (string | number)[];
  /** Whether the key at the path is meant rather than its value. */
  readonly part?: "key" | "value";
  /** One sentence without a full stop at its end. */
  readonly sentence: string;
  /** A case in which it shows, with its date where time has a part in it: half a sentence, as `on Fri 2027-03-05 ...`. */
  readonly counterexample?: string;
  /** What to do about it: a sentence of its own, or empty. */
  readonly remedy: string;
}

/** A finding before it is known which rule made it. */
export type Found = Omit<Finding, "rule">;

/**
 * A rule says what it finds; nothing where the policy keeps it. It is total: broken references are another rule's.
 * @param since the moment from which the calendar is looked at; where it is left out, from the openings that it states
 */
export type Rule = (policy: Policy, since?: Instant) => readonly Found[];

/** A line of the table of rules: the rule, and what is known when it finds nothing. */
export interface RuleModule {
  readonly judge: Rule;
  /** What it holds a policy to: half a sentence. */
  readonly promise: string;
  /** Whether all cases of the model are gone through, or some. */
  readonly proof: "proven" | "sampled";
  /** The model that it goes through. */
  readonly over: string;
}
