// How long parts of a release take at the longest, and when its phases open, counted from T-0: what promises of time are
// held against. People's answers take no time here; waits that the policy itself asks for do.
import { type Millis, momentFromZero } from "../base/time.ts";
import type { Policy } from "./policy.ts";
import { boundOf } from "./rollback-plan.ts";
import { stepSpec } from "./specs.ts";

/** A stretch of a release, phase by phase. */
export interface Stretch {
  /** From the beginning of the first phase to the end of the last. */
  readonly total: Millis;
  readonly parts: readonly {
    readonly phase: string;
    readonly ends: Millis;
    readonly takes: Millis;
  }[];
}

/** When a phase opens at the earliest, counted from T-0; null where the policy does not say. */
export function opensAt(policy: Policy, phase: string): Millis | null {
  const { opens } = policy.phases[phase] ?? {};
  return opens === undefined ? null : fromZero(opens);
}

/** A time such as `T-72 h`, as milliseconds from T-0; a day has 24 hours here. */
export function fromZero(offset: string): Millis {
  return momentFromZero(offset, 0, "UTC");
}

/** The longest that the steps of a phase may take: the time it is given, or the sum of what its steps are given. */
export function workOf(policy: Policy, phase: string): Millis {
  const { longest, steps = [] } = policy.phases[phase] ?? {};
  return longest ?? boundOf(steps.map(stepSpec));
}

/** How long the gates of a phase hold it, whoever answers: notices that must have been given, and soaking. */
export function waitOf(policy: Policy, phase: string): Millis {
  const gates = policy.phases[phase]?.gates ?? [];
  const waits = gates.map((name) => {
    const { notice, soak } = policy.gates[name] ?? {};
    return notice?.before ?? soak?.for ?? 0;
  });
  return Math.max(0, ...waits);
}

/** Phases that follow each other, each as early as it opens and as long as it may take. */
export function stretchOf(policy: Policy, phases: readonly string[]): Stretch {
  let at: Millis = 0;
  let zero: Millis | null = null;
  const parts = phases.map((phase) => {
    const opens = opensAt(policy, phase);
    if (opens !== null) {
      zero ??= at - opens;
      at = Math.max(at, zero + opens);
    }
    const takes = waitOf(policy, phase) + workOf(policy, phase);
    at += takes;
    return { phase, takes, ends: at };
  });
  return { total: at, parts };
}
