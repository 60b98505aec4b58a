import { DAY, HOUR, MINUTE, type Millis } from "../base/time.ts";
import { allowed, countedBy, type Objective, periodOf } from "./objective.ts";
import type { Tally } from "./tally.ts";

/** A pair of windows that must both burn: the long one says that it matters, the short one that it still goes on. */
interface BurnWindow {
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
const BURN_WINDOWS: readonly BurnWindow[] = [
  { alert: "page", long: HOUR, short: 5 * MINUTE, spends: 0.02 },
  { alert: "page", long: 6 * HOUR, short: 30 * MINUTE, spends: 0.05 },
  { alert: "ticket", long: DAY, short: 2 * HOUR, spends: 0.1 },
  { alert: "ticket", long: 3 * DAY, short: 6 * HOUR, spends: 0.1 },
];

/** Bad events in the long window that an alert needs: else single errors of a quiet service would page. */
const LEAST_BAD = { occurrences: 10, slices: 2, ratios: 0.5 } as const;

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
  const { bad } = tally;
  const size = allowed(objective) * expected(objective, tally, measured);
  if (size <= 0) return { left: bad > 0 ? 0 : 1, tally };
  return { left: 1 - bad / size, tally };
}

/** What a whole period is expected to count, at the rate of what was counted of it so far. */
export function expected(objective: Objective, { good, bad }: Tally, measured: Millis): number {
  const period = periodOf(objective);
  if (countedBy(objective) !== "occurrences") return period / MINUTE;
  const covered = Math.min(period, Math.max(measured, HOUR));
  return ((good + bad) * period) / covered;
}

/** How many times faster than allowed the budget burns: 1 spends it exactly within its period. */
export function burnRate(objective: Objective, { good, bad }: Tally): number {
  if (bad === 0) return 0;
  const share = allowed(objective);
  return share === 0 ? Number.POSITIVE_INFINITY : bad / (good + bad) / share;
}

/** An alert that burns now: how fast, and over which two stretches of time. */
export interface Burning {
  readonly alert: "page" | "ticket";
  readonly long: Millis;
  readonly short: Millis;
  readonly rate: number;
}

/** The alerts that burn now, the gravest first: those that the objective names itself, else the usual four pairs. */
export function burning(objective: Objective, counted: Counted): readonly Burning[] {
  const { alerts } = objective;
  const least = LEAST_BAD[countedBy(objective)];
  const found = alerts === undefined ? inPairs(objective, counted) : lasting(objective, counted);
  return found
    .filter(({ long }) => counted(long).bad >= least)
    .toSorted((a, b) => GRAVITY.indexOf(a.alert) - GRAVITY.indexOf(b.alert));
}

const GRAVITY = ["page", "ticket"];

function inPairs(objective: Objective, counted: Counted): readonly Burning[] {
  return BURN_WINDOWS.flatMap(({ alert, long, short, spends }) => {
    const factor = (spends * periodOf(objective)) / long;
    const rate = burnRate(objective, counted(long));
    const burns = rate >= factor && burnRate(objective, counted(short)) >= factor;
    return burns ? [{ alert, long, short, rate }] : [];
  });
}

/** Alerts of its own: the budget burns so fast over the look back now, and did when `for` began (OpenSLO's `alertAfter`). */
function lasting(objective: Objective, counted: Counted): readonly Burning[] {
  return (objective.alerts ?? []).flatMap(({ alert, burns, over, for: lasts }) => {
    const rate = burnRate(objective, counted(over));
    const [long, late] = [counted(over + lasts), counted(lasts)];
    const earlier = { good: long.good - late.good, bad: long.bad - late.bad };
    const isLasting = lasts === 0 || burnRate(objective, earlier) >= burns;
    return rate >= burns && isLasting ? [{ alert, long: over, short: lasts, rate }] : [];
  });
}

/** Every stretch of time that the budget and the burn rates of an objective look at, in ms. */
export function spansOf(objective: Objective): readonly Millis[] {
  const { alerts } = objective;
  const looks =
    alerts === undefined
      ? BURN_WINDOWS.flatMap(({ long, short }) => [long, short])
      : alerts.flatMap(({ over, for: lasts }) => [over, lasts, over + lasts]);
  return [periodOf(objective), ...looks];
}

/**
 * Whether a rollout has spent too much of the budget, by what the new version broke beyond what the stable one would have.
 * @param all what the period is expected to count
 * @param spends share of the period's budget, 0 to 1, that a rollout may spend
 */
export function stopLoss(
  objective: Objective,
  {
    canary,
    baseline,
    all,
    spends,
  }: { canary: Tally; baseline: Tally; all: number; spends: number },
): { excess: number; limit: number; spent: boolean } {
  const stable = baseline.good + baseline.bad;
  const rate = stable > 0 ? baseline.bad / stable : allowed(objective);
  const excess = Math.max(0, canary.bad - (canary.good + canary.bad) * rate);
  const limit = spends * allowed(objective) * all;
  return { excess, limit, spent: all > 0 && excess > limit };
}
