// The record of a recorded stream: what it counted of each objective so far, as the meter would have, whichever version
// served. All of the stream is one period: it begins where the stream does, with the history before the exposure.
import { MINUTE, SECOND } from "../base/time.ts";
import { countedBy, type Objectives } from "../objectives/objective.ts";
import { NONE, sum, type Tally, tally } from "../objectives/tally.ts";
import { addArms } from "./add-arms.ts";
import type { Recorded } from "./reading.ts";
import type { Arm, Sample } from "./sample.ts";

/** Plain data, of a size that does not grow with the stream. */
export interface StreamRecord {
  /** The second of the first sample. */
  readonly since: number | null;
  readonly counted: Readonly<Record<string, Tally>>;
  /** The minute that is not over, without latencies: what is counted by the minute needs none. */
  readonly minute: { readonly number: number; readonly counts: Arm } | null;
}

export const NO_RECORD: StreamRecord = { since: null, counted: {}, minute: null };

/** The record after one more sample. */
export function recordSample(
  before: StreamRecord,
  { t, baseline, canary }: Sample,
  objectives: Objectives,
): StreamRecord {
  const arms = [baseline, canary].filter((arm) => arm !== null);
  const number = Math.floor((t * SECOND) / MINUTE);
  const isOver = before.minute !== null && before.minute.number !== number;
  const over = isOver && before.minute !== null ? [before.minute.counts] : [];
  const counted = Object.entries(objectives).map(([name, objective]) => {
    const counts = countedBy(objective) === "occurrences" ? arms : over;
    const known = Object.hasOwn(before.counted, name) ? before.counted[name] : undefined;
    const fresh = counts.flatMap((arm) => tally(objective, arm) ?? []);
    return [name, sum([known ?? NONE, ...fresh])] as const;
  });
  const since = before.since ?? t;
  if (!Object.values(objectives).some((one) => countedBy(one) !== "occurrences"))
    return { since, counted: Object.fromEntries(counted), minute: null };
  const open = isOver ? null : (before.minute?.counts ?? null);
  const counts = arms.map(untimed).reduce(joined, open);
  return {
    since,
    counted: Object.fromEntries(counted),
    minute: counts && { number, counts },
  };
}

function joined(one: Arm | null, other: Arm): Arm {
  return one === null ? other : addArms(one, other);
}

/** What budgets are counted from at `t`. */
export function recordedAt({ since, counted }: StreamRecord, t: number): Recorded {
  const measured = (t - (since ?? t)) * SECOND;
  return Object.fromEntries(
    Object.entries(counted).map(([name, known]) => [name, { ...known, measured }]),
  );
}

function untimed({ strata: _, ...arm }: Arm): Arm {
  return { ...arm, latency: [] };
}
