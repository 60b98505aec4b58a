// `continue` needs evidence of its own: that the canary is not much worse. "Nothing was found" is not that evidence.
import { type Clock, evidence, grow, type Process, START, shares } from "./process.ts";
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

/** What is shown after one more check; what is shown already costs nothing any more. */
export function show(before: readonly Safety[], shown: Shown, clock: Clock): readonly Safety[] {
  if (before.every(({ errorsShown, slowShown }) => errorsShown && slowShown)) return before;
  return before.map((one, index) => {
    const level = LEVELS[index] ?? LEVELS[0];
    const errors = one.errorsShown ? one : showErrors(one, level, { shown, clock });
    return errors.slowShown ? errors : showSlow(errors, level, { shown, clock });
  });
}

type Level = (typeof LEVELS)[number];
interface Given {
  readonly shown: Shown;
  readonly clock: Clock;
}

function showErrors(
  before: Safety,
  level: Level,
  { shown: { tables, canary, usual, dispersion }, clock }: Given,
): Safety {
  const logs = ratioLogs(tables, against(level.errors), dispersion);
  const relative = grow(before.relative, logs, clock);
  const most = Math.min(level.errors * Math.max(usual, HARMLESS), 0.5);
  const rates = canary && rateLogs(canary, { ratios: FEWER, usual: most }, dispersion);
  const absolute = grow(before.absolute, rates, clock);
  const errorsShown = isProven(relative, CHANCE.errors) || isProven(absolute, CHANCE.errors);
  return { ...before, relative, absolute, errorsShown };
}

function showSlow(before: Safety, level: Level, { shown, clock }: Given): Safety {
  const slow = grow(before.slow, ratioLogs(shown.slow, against(level.slow), 1), clock);
  const rates = rateLogs(sumOf(shown.slow), { ratios: FEWER, usual: level.slow * SLOW }, 1);
  const slowAbsolute = grow(before.slowAbsolute, rates, clock);
  const slowShown = isProven(slow, CHANCE.slow) || isProven(slowAbsolute, CHANCE.slow);
  return { ...before, slow, slowAbsolute, slowShown };
}

/** Each is argued in two ways, which share the chance. */
function isProven(process: Process, chance: number): boolean {
  return evidence(process, EVEN) >= 2 / chance;
}

function against(worst: number) {
  return { allowance: worst, ratios: BETTER.map((ratio) => ratio / worst) };
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
