import { formatDuration, type Instant, type Millis } from "#core/base/time.ts";
import type { StatusReport } from "#core/reports/status.ts";
import type { Tone } from "./tone.ts";

/** A share in basis points, for people: `5 %`, `0.12 %`. */
export function percent(basisPoints: number): string {
  return `${Number((basisPoints / 100).toFixed(2))} %`;
}

/** The way back against its promise: how long it may take, or how long it is taking. */
export interface Clock {
  readonly tone: Tone;
  readonly text: string;
  /** Of the promised time, 0 to 1. */
  readonly used: number;
}

export function rollbackClock(
  { rollback, end }: Pick<StatusReport, "rollback" | "end">,
  now: Instant,
): Clock | null {
  if (end !== null) return null;
  const { target, bound, steps, noReturn, decidedAt } = rollback;
  if (decidedAt !== null) {
    const took: Millis = Math.max(0, now - decidedAt);
    const late = took > target;
    return {
      tone: late ? "bad" : "wait",
      text: `${formatDuration(took)} of ${formatDuration(target)} promised${late ? ": late" : ""}`,
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
