/**
 * Latencies in bins: bin k holds what took [g^k, g^(k+1)) ms with g = 1.05^0.5, so that the edges lie about 2.5 % apart,
 * and histograms of any two sources can be added. What took less than 1 ms is in bin 0.
 */
export const GROWTH = Math.sqrt(1.05);
/** The highest bin: about 18 hours. */
export const TOP_BIN = 737;

const LOG_GROWTH = Math.log(GROWTH);
/** Rounding must not push a value that is an edge into the bin below it. */
const HAIR = 1e-9;

/** A histogram: how many fell into which bin, in the order of the bins. */
export type Histogram = readonly (readonly [bin: number, count: number])[];

/** The bin of a latency in ms. */
export function binOf(millis: number): number {
  if (!(millis > 1)) return 0;
  return Math.min(TOP_BIN, Math.floor(Math.log(millis) / LOG_GROWTH + HAIR));
}

/** The highest bin that lies wholly at or below a latency in ms: what is in it surely took no longer. */
export function binBelow(millis: number): number {
  return Math.max(0, binOf(millis) - 1);
}

/** The upper edge of a bin, in ms. */
export function edgeOf(bin: number): number {
  return GROWTH ** (bin + 1);
}

export function total(histogram: Histogram): number {
  return histogram.reduce((sum, [, count]) => sum + count, 0);
}

/** The sum of two histograms. */
export function add(one: Histogram, other: Histogram): Histogram {
  const sums = new Map(one);
  for (const [bin, count] of other) sums.set(bin, (sums.get(bin) ?? 0) + count);
  return [...sums].sort(([a], [b]) => a - b);
}

/** The upper edge of the bin that the quantile lies in, in ms; null where nothing was counted. */
export function quantile(q: number, histogram: Histogram): number | null {
  const all = total(histogram);
  if (all <= 0) return null;
  let sum = 0;
  for (const [bin, count] of histogram) {
    sum += count;
    if (sum >= q * all) return edgeOf(bin);
  }
  return edgeOf(histogram.at(-1)?.[0] ?? 0);
}
