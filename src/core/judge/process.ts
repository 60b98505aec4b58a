// An e-process: a number that starts at 1 and is, on average, never above 1 as long as what it doubts is true. So it
// reaches 100 with a chance of at most 1 % however often one looks (Ville 1939). Here it is a mixture: over how large the
// difference might be, and over when it might have begun (Shiryaev-Roberts form, Shin, Ramdas & Rinaldo 2022).

/** One e-process: plain data, of the same size however long it runs. */
export interface Process {
  /** When its first data came, in s; null before. */
  readonly begun: number | null;
  /** Its last check, in s. */
  readonly at: number;
  /** The weight of all beginnings so far. */
  readonly opened: number;
  /** For each alternative: the weight of all beginnings so far, each grown by the data since. */
  readonly grown: readonly number[];
}

export const START: Process = { begun: null, at: 0, opened: 0, grown: [] };

const HOUR = 3600;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;
/** Beginnings: seven tenths of the weight lie on the first data, since most bad versions are bad at once. */
const AT_ONCE = 0.7;
/** The rest over the watch: the first hour, up to a day, up to a week; and a little for ever after. */
const HOURS = { first: 0.665, day: 0.19, week: 0.095 } as const;
const AFTERWARDS = 0.05;

/** Steepest fall of one check, and its steepest rise: early on, and later. */
const [FALL, RISE_EARLY, RISE_LATE] = [-100, 9, 6] as const;
/** How long it is early, in s. */
const EARLY = 60;
/** No weight may leave the range in which sums stay numbers. */
const MOST = 1e250;

/** When a check is made, and how long the watch is planned to last, in s. */
export interface Clock {
  readonly t: number;
  readonly planned: number;
}

/**
 * The weight of all beginnings up to `since` seconds after the first data, when the watch is planned to last `planned`
 * seconds. It rises from 0.7 towards 1 and never reaches it.
 */
export function begunBy(since: number, planned: number): number {
  if (since < 0) return 0;
  const end = Math.min(Math.max(planned, 60), WEEK);
  const after = since <= end ? 0 : 1 - end / since;
  const inside = within(Math.min(since, end)) / within(end);
  return AT_ONCE + (1 - AT_ONCE) * ((1 - AFTERWARDS) * inside + AFTERWARDS * after);
}

function within(since: number): number {
  if (since <= HOUR) return HOURS.first * (since / HOUR);
  if (since <= DAY) return HOURS.first + (HOURS.day * (since - HOUR)) / (DAY - HOUR);
  return HOURS.first + HOURS.day + (HOURS.week * (since - DAY)) / (WEEK - DAY);
}

/**
 * The process after one more check. No check counts for more than a bounded factor: what is wrong for good shows in the
 * next one too, and a burst that is over by then has proven little. Bounding a factor only lowers its mean.
 * @param logs for each alternative the logarithm of what the data of this check multiply it by; null where this check
 * had no data: then only the beginnings go on
 */
export function grow(process: Process, logs: readonly number[] | null, clock: Clock): Process {
  if (process.begun === null && logs === null) return process;
  const begun = process.begun ?? clock.t;
  const at = Math.max(process.at, clock.t);
  const opened = begunBy(at - begun, clock.planned);
  const added = Math.max(0, opened - process.opened);
  const most = at - begun < EARLY ? RISE_EARLY : RISE_LATE;
  const size = logs?.length ?? process.grown.length;
  const grown = new Array<number>(size);
  for (let index = 0; index < size; index += 1) {
    const factor = logs === null ? 1 : Math.exp(bounded(logs[index] ?? 0, most));
    grown[index] = Math.min(MOST, ((process.grown[index] ?? 0) + added) * factor);
  }
  return { begun, at, opened, grown };
}

function bounded(log: number, most: number): number {
  return Math.min(most, Math.max(FALL, log));
}

/** The e-value now: what has grown, and the weight of the beginnings still to come. */
export function evidence({ begun, opened, grown }: Process, weights: readonly number[]): number {
  if (begun === null) return 1;
  let sum = 1 - opened;
  for (let index = 0; index < grown.length; index += 1)
    sum += (grown[index] ?? 0) * (weights[index] ?? 0);
  return sum;
}

/** Weights that sum to 1. */
export function shares(weights: readonly number[]): readonly number[] {
  const sum = weights.reduce((a, b) => a + b, 0);
  return weights.map((weight) => weight / sum);
}
