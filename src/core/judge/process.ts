// An e-process: a number that starts at 1 and is, on average, never above 1 as long as what it doubts is true. So it
// reaches 100 with a chance of at most 1 % however often one looks (Ville 1939). Here it is a mixture: over how large the
// difference might be, and over when it might have begun (Shiryaev-Roberts form, Shin, Ramdas & Rinaldo 2022).

/** One e-process: plain data, of the same size however long it runs. */
export interface Process {
  /** When its first data came, in s; null before. */
  readonly begun: number | null;
  /** Its last check, in s. */
  readonly at: number;
  /** For each alternative: the weight of all beginnings so far, each grown by the data since. */
  readonly grown: readonly number[];
}

export const START: Process = { begun: null, at: 0, grown: [] };

const HOUR = 3600;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;
/** Beginnings: seven tenths of the weight lie on the first data, since most bad versions are bad at once. */
const AT_ONCE = 0.7;
/** The rest over the watch: the first hour, up to a day, up to a week; and a little for ever after. */
const STRETCHES = [
  { from: 0, to: HOUR, share: 0.665 },
  { from: HOUR, to: DAY, share: 0.19 },
  { from: DAY, to: WEEK, share: 0.095 },
] as const;
const AFTERWARDS = 0.05;

/**
 * The weight of all beginnings up to `since` seconds after the first data, when the watch is planned to last `planned`
 * seconds. It rises from 0.7 towards 1 and never reaches it.
 */
export function begunBy(since: number, planned: number): number {
  if (since < 0) return 0;
  const end = Math.min(Math.max(planned, 60), WEEK);
  let [inside, whole] = [0, 0];
  for (const { from, to, share } of STRETCHES) {
    const length = (Math.min(to, end) - from) / (to - from);
    if (length <= 0) continue;
    whole += share * length;
    inside += (share * Math.max(0, Math.min(since, to, end) - from)) / (to - from);
  }
  const after = since <= end ? 0 : 1 - end / since;
  return AT_ONCE + (1 - AT_ONCE) * ((1 - AFTERWARDS) * (inside / whole) + AFTERWARDS * after);
}

/** No weight may leave the range in which sums stay numbers. */
const MOST = 1e250;
const STEEPEST = 100;

/**
 * The process after one more check.
 * @param logs for each alternative the logarithm of what the data of this check multiply it by; null where this check
 * had no data: then only the beginnings go on
 */
export function grow(
  process: Process,
  logs: readonly number[] | null,
  { t, planned }: { t: number; planned: number },
): Process {
  if (process.begun === null && logs === null) return process;
  const begun = process.begun ?? t;
  const at = Math.max(process.at, t);
  const earlier = process.begun === null ? 0 : begunBy(process.at - begun, planned);
  const added = Math.max(0, begunBy(at - begun, planned) - earlier);
  const size = logs?.length ?? process.grown.length;
  const grown = Array.from({ length: size }, (_, index) => {
    const log = Math.max(-STEEPEST, Math.min(STEEPEST, logs?.[index] ?? 0));
    return Math.min(MOST, ((process.grown[index] ?? 0) + added) * Math.exp(log));
  });
  return { begun, at, grown };
}

/** The e-value now: what has grown, and the weight of the beginnings still to come. */
export function evidence(
  { begun, at, grown }: Process,
  weights: readonly number[],
  planned: number,
): number {
  if (begun === null) return 1;
  const open = 1 - begunBy(at - begun, planned);
  return grown.reduce((sum, one, index) => sum + one * (weights[index] ?? 0), open);
}

/** Weights that sum to 1. */
export function shares(weights: readonly number[]): readonly number[] {
  const sum = weights.reduce((a, b) => a + b, 0);
  return weights.map((weight) => weight / sum);
}
