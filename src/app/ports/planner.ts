import type { Result } from "#core/base/result.ts";
import type { Instant } from "#core/base/time.ts";
import type { Policy } from "#core/policy/policy.ts";
import type { Plan } from "#core/release/plan.ts";
import type { ComponentReport } from "#core/reports/plan.ts";
import type { Problem } from "../problem.ts";

/** What a person says of a release that they want; what they leave out is found out. */
export interface PlanAsk {
  readonly by: string;
  /** Release type of the policy; left out: the one that carries the bump which the commits ask for. */
  readonly type?: string | undefined;
  /** Branch, tag or commit; left out: HEAD. */
  readonly ref?: string | undefined;
  /** T-0; left out: now. */
  readonly at?: Instant | undefined;
  readonly incident?: string | undefined;
  /** When it was planned first, for one that is planned again; left out: now. */
  readonly plannedAt?: Instant | undefined;
  /** The bump that is wanted; left out: the one that the commits ask for. */
  readonly bump?: "patch" | "minor" | "major" | undefined;
  /** The very version that is wanted; it needs a reason. */
  readonly version?: string | undefined;
  readonly reason?: string | undefined;
  /** Requests per second that are to be expected; left out: what was measured. */
  readonly traffic?: number | undefined;
}

/** A plan with what led to it. */
export interface Planned {
  readonly plan: Plan;
  readonly bump: string;
  /** Why this version, one sentence per commit or rule that counted. */
  readonly reasons: readonly string[];
  /** What a careful reader would want to know before saying go. */
  readonly warnings: readonly string[];
  /** What the steps `write` would change, as lines with `-` and `+`; none where no phase has such a step. */
  readonly files?: readonly { readonly path: string; readonly lines: readonly string[] }[];
  /** Every component with what comes next for it, where the policy names any. */
  readonly components?: readonly ComponentReport[];
}

/** Makes a plan from the repository, the policy file and the releases so far. */
export interface Planner {
  plan(ask: PlanAsk): Promise<Result<Planned, readonly Problem[]>>;
  /** The policy of today, proved sound. */
  policy(): Promise<Result<Policy, readonly Problem[]>>;
}
