import { formatDuration, type Instant, type Millis } from "#core/base/time.ts";
import { BACK_MOMENTS } from "#core/release/back-clock.ts";
import type { StatusReport } from "#core/reports/status.ts";
import type { Tone } from "./tone.ts";

/** The way back against its promise: how long it may take, how long it is taking, or how long it took. */
export interface Clock {
  readonly tone: Tone;
  readonly text: string;
  /** Of the promised time, 0 to 1. */
  readonly used: number;
}

/** One moment of the way back on its clock. */
export interface BackMoment {
  readonly name: string;
  readonly meaning: string;
  /** How long after the decision it was reached; null: it was not, or not yet. */
  readonly took: Millis | null;
  readonly word: "reached" | "reached late" | "to come" | "not reached";
}

type Standing = Pick<StatusReport, "rollback" | "end">;

/** Null where there is nothing to tell: a release that has ended otherwise. */
export function rollbackClock({ rollback, end }: Standing, now: Instant): Clock | null {
  const { target, bound, steps, noReturn, decidedAt } = rollback;
  if (end !== null) return gone(rollback, end.how);
  if (decidedAt !== null) {
    const took: Millis = Math.max(0, now - decidedAt);
    const late = took > target;
    return {
      tone: late ? "bad" : "wait",
      text: `${formatDuration(seconds(took))} of ${formatDuration(target)} promised${late ? ": late" : ""}`,
      used: Math.min(1, took / target),
    };
  }
  if (noReturn !== null) return { tone: "bad", text: `No way back: ${noReturn}`, used: 1 };
  if (steps.length === 0) {
    return {
      tone: "quiet",
      text: "Nothing has been done yet that would have to be undone.",
      used: 0,
    };
  }
  return {
    tone: bound > target ? "bad" : "good",
    text: `At most ${formatDuration(bound)}, promised ${formatDuration(target)}`,
    used: Math.min(1, bound / target),
  };
}

/** After its end: the last moment that was reached is when the old version served alone again, and was proved well. */
function gone({ took, target, late }: StatusReport["rollback"], how: string): Clock | null {
  const longest = Math.max(-1, ...Object.values(took));
  if (how !== "rolled-back" || longest < 0) return null;
  const isLate = late || longest > target;
  return {
    tone: isLate ? "bad" : "good",
    text: `Took ${formatDuration(seconds(longest))}, promised ${formatDuration(target)}${isLate ? ": late" : ""}`,
    used: Math.min(1, longest / target),
  };
}

const MEANING: Readonly<Record<string, string>> = {
  "weight-0": "the new version gets no traffic",
  drained: "the new version is stopped",
  validated: "the old version is proved well",
};

/** The moments of a way back that was decided, in their order; none before. */
export function backMoments({ rollback, end }: Standing): readonly BackMoment[] {
  const { took, decidedAt, target } = rollback;
  if (decidedAt === null && Object.keys(took).length === 0) return [];
  return BACK_MOMENTS.map((name) => {
    const reached = took[name];
    const base = { name, meaning: MEANING[name] ?? "", took: reached ?? null };
    if (reached === undefined) return { ...base, word: end === null ? "to come" : "not reached" };
    return { ...base, word: reached > target ? "reached late" : "reached" };
  });
}

/** Under a minute the tenth of a second tells something; above, the second does. */
function seconds(took: Millis): Millis {
  const step = took < 60_000 ? 100 : 1000;
  return Math.round(took / step) * step;
}
