import { DAY, HOUR, MINUTE, type Millis } from "../base/time.ts";
import { allowed, MEASURES, type Objective, periodOf } from "./objective.ts";
import type { Tally } from "./tally.ts";

/** A pair of windows that must both burn: the long one says that it matters, the short one that it still goes on. */
export interface BurnWindow {
  readonly alert: "page" | "ticket";
  readonly long: Millis;
  readonly short: Millis;
  /** Share of the period's budget that would be gone within the long window. */
  readonly spends: number;
}

/**
 * The four pairs of the SRE workbook (chapter 5, multiwindow, multi-burn-rate alerts), as Sloth has them for 30 d: 14.4 times
 * over 1 h, 6 times over 6 h, 3 times over 1 d, once over 3 d. For other periods the same shares of the budget count.
 */
export const BURN_WINDOWS: readonly BurnWindow[] = [
  { alert: "page", long: HOUR, short: 5 * MINUTE, spends: 0.02 },
  { alert: "page", long: 6 * HOUR, short: 30 * MINUTE, spends: 0.05 },
  { alert: "ticket", long: DAY, short: 2 * HOUR, spends: 0.1 },
  { alert: "ticket", long: 3 * DAY, short: 6 * HOUR, spends: 0.1 },
];

/** Bad events in the long window that an alert needs: else single errors of a quiet service would page. */
const LEAST_BAD = { occurrences: 10, slices: 2 } as const;

/** What was counted of one objective in the last `span` ms. */
export type Counted = (span: Millis) => Tally;

export interface Budget {
  /** Share of the period's budget that is left: 1 for an untouched one, 0 or less once it is spent. */
  readonly left: number;
  readonly tally: Tally;
}

/**
 * What is left of the error budget of a period: `1 - bad / (allowed share * all)`. While less than the period has been
 * measured, `all` is what a whole period would have at the rate so far, or the first error of a young record would have
 * spent the month.
 * @param measured since when there is a record, in ms before now
 */
export function budget(objective: Objective, counted: Counted, measured: Millis): Budget {
  const period = periodOf(objective);
  const tally = counted(period);
  const { good, bad } = tally;
  const covered = Math.min(period, Math.max(measured, HOUR));
  const all =
    MEASURES[objective.measure].by === "slices"
      ? period / MINUTE
      : ((good + bad) * period) / covered;
  const size = allowed(objective) * all;
  if (size <= 0) return { left: bad > 0 ? 0 : 1, tally };
  return { left: 1 - bad / size, tally };
}

/** How many times faster than allowed the budget burns: 1 spends it exactly within its period. */
export function burnRate(objective: Objective, { good, bad }: Tally): number {
  if (bad === 0) return 0;
  const share = allowed(objective);
  return share === 0 ? Number.POSITIVE_INFINITY : bad / (good + bad) / share;
}

/** A pair of windows that burns now. */
export interface Burning extends BurnWindow {
  readonly rate: number;
}

/** The pairs that burn now, the gravest first. */
export function burning(objective: Objective, counted: Counted): readonly Burning[] {
  const least = LEAST_BAD[MEASURES[objective.measure].by];
  return BURN_WINDOWS.flatMap((window) => {
    const factor = (window.spends * periodOf(objective)) / window.long;
    const long = counted(window.long);
    const rate = burnRate(objective, long);
    const isBurning =
      long.bad >= least && rate >= factor && burnRate(objective, counted(window.short)) >= factor;
    return isBurning ? [{ ...window, rate }] : [];
  });
}

/** Every stretch of time that the budget and the burn rates of an objective look at, in ms. */
export function spansOf(objective: Objective): readonly Millis[] {
  return [periodOf(objective), ...BURN_WINDOWS.flatMap(({ long, short }) => [long, short])];
}

/** Share of the period's budget that a rollout may spend before it is held. */
const STOP_LOSS = 0.02;

/**
 * Whether a rollout has spent too much of the budget, by what the new version broke beyond what the stable one would have:
 * the excess over 2 % of the budget holds, whatever the comparison says of the new version.
 * @param all what the period is expected to count
 */
export function stopLoss(
  objective: Objective,
  { canary, baseline, all }: { canary: Tally; baseline: Tally; all: number },
): { excess: number; limit: number; spent: boolean } {
  const stable = baseline.good + baseline.bad;
  const rate = stable > 0 ? baseline.bad / stable : allowed(objective);
  const excess = Math.max(0, canary.bad - (canary.good + canary.bad) * rate);
  const limit = STOP_LOSS * allowed(objective) * all;
  return { excess, limit, spent: limit > 0 && excess > limit };
}
