import type { Instant } from "#core/base/time.ts";
import type { Arm } from "#core/judge/sample.ts";

/** What one minute of one environment counted against one objective. */
export interface MinuteTally {
  readonly environment: string;
  readonly objective: string;
  /** When the minute began. */
  readonly at: Instant;
  readonly good: number;
  readonly bad: number;
}

/** The minutes of some stretch of time together. */
export interface MinuteSum {
  readonly objective: string;
  readonly good: number;
  readonly bad: number;
  /** When the first and the last of these minutes began. */
  readonly first: Instant;
  readonly last: Instant;
}

type ArmName = "canary" | "baseline";

/** What a program counted of one version, from the push before it up to `at`. */
export interface Push {
  readonly environment: string;
  readonly arm: ArmName;
  readonly at: Instant;
  readonly counts: Arm;
}

/** All that was ever pushed of one version of an environment; load is that of the latest push. */
export interface Pushed {
  readonly arm: ArmName;
  /** The latest moment that something was pushed for. */
  readonly latest: Instant;
  readonly totals: Arm;
}

/**
 * What is measured, kept beside the journal: it is no evidence of a decision, which the journal has with the decision, but
 * what error budgets are counted from. Bounded: what is older than `forget` goes with each writing.
 */
export interface Measures {
  /** Keeps minutes. Of two records of one minute that which counted more stays: so any number of processes may measure. */
  keep(minutes: readonly MinuteTally[], forget: Instant): Promise<void>;
  /** Sums of an environment's minutes that began in [from, to), by objective. */
  sum(environment: string, from: Instant, to: Instant): Promise<readonly MinuteSum[]>;
  /** Adds what was pushed to the totals of its arm, each (environment, arm, at) once; answers how many were new. */
  push(pushes: readonly Push[], forget: Instant): Promise<number>;
  pushed(environment: string): Promise<readonly Pushed[]>;
}
