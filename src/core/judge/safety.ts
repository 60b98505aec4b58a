// `continue` needs evidence of its own: that the canary is not much worse. "Nothing was found" is not that evidence.
import { evidence, grow, type Process, START, shares } from "./process.ts";
import { rateLogs, ratioLogs, type Table } from "./ratio.ts";

/** How much worse may not be any more, by the share of the traffic: the more people it serves, the surer it must be. */
export const LEVELS = [
  { upTo: 0.1, errors: 10, slow: 3 },
  { upTo: 0.3, errors: 3, slow: 2 },
  { upTo: 1, errors: 2, slow: 1.5 },
] as const;

/** Chance that a release which is that much worse is told to go on: 5 % in all, split over what must be shown. */
const CHANCE = { errors: 0.03, slow: 0.02 };
/** Share of the requests that are slow by what is usual: those above the quantile at which it is argued. */
const SLOW = 0.1;
/** The share of errors that nobody minds, where the baseline has next to none. */
const HARMLESS = 0.001;

const BETTER = [0.25, 0.5, 0.8, 1] as const;
const FEWER = [0.02, 0.1, 0.3, 0.6] as const;
const EVEN = shares([1, 1, 1, 1]);

/** What has been shown so far at one level. Plain data. */
export interface Safety {
  /** That the canary has less than so many times the errors of the baseline. */
  readonly relative: Process;
  /** That it has less than so many times the errors that are usual. */
  readonly absolute: Process;
  /** That it has less than so many times as many slow requests: than the baseline, and than is usual. */
  readonly slow: Process;
  readonly slowAbsolute: Process;
  /** Once shown, it stays shown. */
  readonly errorsShown: boolean;
  readonly slowShown: boolean;
}

export const NOTHING_SHOWN: readonly Safety[] = LEVELS.map(() => ({
  relative: START,
  absolute: START,
  slow: START,
  slowAbsolute: START,
  errorsShown: false,
  slowShown: false,
}));

export interface Shown {
  readonly tables: readonly Table[];
  readonly slow: readonly Table[];
  readonly canary: { readonly all: number; readonly bad: number } | null;
  /** Share of errors that is usual. */
  readonly usual: number;
  readonly dispersion: number;
}

export function show(
  before: readonly Safety[],
  { tables, slow, canary, usual, dispersion }: Shown,
  clock: { t: number; planned: number },
): readonly Safety[] {
  const proven = (process: Process, chance: number) =>
    evidence(process, EVEN, clock.planned) >= 1 / chance;
  const against = (worst: number) => ({
    allowance: worst,
    ratios: BETTER.map((ratio) => ratio / worst),
  });
  return before.map((one, index) => {
    const level = LEVELS[index] ?? LEVELS[0];
    const errors = against(level.errors);
    const relative = grow(one.relative, ratioLogs(tables, errors, dispersion), clock);
    const most = Math.min(level.errors * Math.max(usual, HARMLESS), 0.5);
    const rates = canary && rateLogs(canary, { ratios: FEWER, usual: most }, dispersion);
    const absolute = grow(one.absolute, rates, clock);
    const slower = grow(one.slow, ratioLogs(slow, against(level.slow), 1), clock);
    const slowRates = rateLogs(sumOf(slow), { ratios: FEWER, usual: level.slow * SLOW }, 1);
    const slowAbsolute = grow(one.slowAbsolute, slowRates, clock);
    return {
      relative,
      absolute,
      slow: slower,
      slowAbsolute,
      errorsShown:
        one.errorsShown ||
        proven(relative, CHANCE.errors / 2) ||
        proven(absolute, CHANCE.errors / 2),
      slowShown:
        one.slowShown || proven(slower, CHANCE.slow / 2) || proven(slowAbsolute, CHANCE.slow / 2),
    };
  });
}

/** All slow requests of the canary, whatever their kind. */
function sumOf(tables: readonly Table[]): { all: number; bad: number } {
  return tables.reduce(
    (sum, { canary, canaryBad }) => ({ all: sum.all + canary, bad: sum.bad + canaryBad }),
    { all: 0, bad: 0 },
  );
}

/** The level that a share of the traffic asks for. */
export function levelOf(weight: number): number {
  const index = LEVELS.findIndex(({ upTo }) => weight <= upTo);
  return index < 0 ? LEVELS.length - 1 : index;
}
