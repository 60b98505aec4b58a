import type { Json } from "#core/base/canonical.ts";
import type { Result } from "#core/base/result.ts";
import type { Finding } from "#core/policy/finding.ts";
import type { Policy } from "#core/policy/policy.ts";
import type { Problem } from "../problem.ts";

/** Something that is wrong with a policy file, and where it stands there; lines and columns count from 1. */
export interface FileFinding
  extends Pick<Finding, "severity" | "sentence" | "counterexample" | "remedy"> {
  /** The rule that found it, or what sort of fault the text has. */
  readonly code: string;
  /** The place in the policy, such as `gates.lint.check`; empty for the whole file. */
  readonly where: string;
  readonly line: number;
  readonly column: number;
}

/** A policy file as it lies there now. */
export interface PolicyFile {
  readonly text: string;
  /** Null where the text is no policy. */
  readonly policy: Policy | null;
  readonly problems: readonly FileFinding[];
}

/**
 * Reads the policy file and proves it.
 * @param today the day that review dates are compared with, as 2026-01-31
 */
export type ReadPolicyFile = (today: string) => Promise<Result<PolicyFile, readonly Problem[]>>;

/** A policy as a commit has it. */
export interface PolicyAt {
  readonly policy: Policy;
  /** What its file says, as plain data. */
  readonly data: Json;
}

/** Reads the policy of a commit; null where the commit has none that can be read. */
export type ReadPolicyAt = (commit: string) => Promise<PolicyAt | null>;
