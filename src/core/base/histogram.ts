/**
 * Latencies in bins: bin k holds what took [g^k, g^(k+1)) ms with g = 1.05^0.5, so that the edges lie about 2.5 % apart
 * and histograms of any two sources can be added.
 */
const GROWTH = Math.sqrt(1.05);

/** A histogram: how many fell into which bin, in the order of the bins. */
export type Histogram = readonly (readonly [bin: number, count: number])[];

/** The bin of a latency in milliseconds; what is below a thousandth of one falls into the bin of that. */
export function binOf(millis: number): number {
  // A little more than nothing is added, so that a latency on the edge of a bin is not rounded below it.
  return Math.floor(Math.log(Math.max(millis, 1e-3)) / Math.log(GROWTH) + 1e-9);
}

/** The sum of two histograms. */
export function addHistograms(one: Histogram, other: Histogram): Histogram {
  const sums = new Map(one);
  for (const [bin, count] of other) sums.set(bin, (sums.get(bin) ?? 0) + count);
  return [...sums].sort(([a], [b]) => a - b);
}
