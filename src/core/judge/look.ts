// How the engine's looks come before the judge: the sample of each look is what was counted since the one before.
import { type Instant, SECOND } from "../base/time.ts";
import { armBetween, between } from "./between.ts";
import {
  type Charge,
  type Check,
  type Judgement,
  type Judging,
  judge,
  judgeByLimits,
  learnHistory,
} from "./judge.ts";
import type { Reading } from "./reading.ts";

/** What is known when a look is taken. */
export interface Watched {
  /** When the exposure began. */
  readonly since: Instant;
  /** Share of the traffic that the new version was given last, in basis points; and whether that has changed since the last look. */
  readonly weight: number;
  readonly steady: boolean;
  /** What the look before read. */
  readonly last: Reading | null;
  readonly judging: Judging;
}

/** One look before the judge. Before the first, all that the stable version ever counted is its history. */
export function judgeLook(
  { since, weight, steady, last, judging }: Watched,
  { reading, at }: { reading: Reading | null; at: Instant },
  charge: Charge,
): { readonly judging: Judging; readonly judgement: Judgement } {
  const t = (at - since) / SECOND;
  const { worse, budget } = charge.triggers;
  const judged = (before: Judging, samples: Check["samples"]) =>
    worse === undefined
      ? judgeByLimits(before, { samples, reading }, charge)
      : judge(before, { t, samples, reading, steady }, charge);
  // Limits look at totals: what came since the last look is worked out only for who needs it.
  if (reading === null || (worse === undefined && budget === undefined)) return judged(judging, []);
  if (last !== null) return judged(judging, [between(last, reading, { since, weight })]);
  const past = { t: -1, weight: 0, baseline: armBetween(null, reading.baseline), canary: null };
  const sample = between(null, { ...reading, baseline: null }, { since, weight });
  return judged(learnHistory(judging, [past]), [sample]);
}
