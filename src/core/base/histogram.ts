/**
 * Latencies in bins: bin k holds what took [g^k, g^(k+1)) ms with g = 1.05^0.5, so that the edges lie about 2.5 % apart
 * and histograms of any two sources can be added.
 */
export const BIN = Math.sqrt(1.05);
const LOG_BIN = Math.log(BIN);

/** A histogram: how many fell into which bin, in the order of the bins. */
export type Histogram = readonly (readonly [bin: number, count: number])[];

/** The bin of a latency in milliseconds; what is below a thousandth of one falls into the bin of that. */
export function binOf(millis: number): number {
  // A little more than nothing is added, so that a latency on the edge of a bin is not rounded below it.
  return Math.floor(Math.log(Math.max(millis, 1e-3)) / LOG_BIN + 1e-9);
}

/** Histograms as one: counts of the same bin add up, so no quantile is ever averaged. */
export function addHistograms(histograms: readonly Histogram[]): Histogram {
  const full = histograms.filter(({ length }) => length > 0);
  const [first] = full;
  if (first === undefined) return [];
  if (full.length === 1) return first;
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const one of full) {
    least = Math.min(least, one[0]?.[0] ?? 0);
    most = Math.max(most, one.at(-1)?.[0] ?? 0);
  }
  return most - least <= WIDE ? mergeDense(full, least, most) : mergeSparse(full);
}

/** A range of bins that is counted in a list; real latencies, 1 ms to 24 h, have 750 bins. */
const WIDE = 4096;

/** Loops by index: this is where a recorded stream spends its time. */
function mergeDense(histograms: readonly Histogram[], least: number, most: number): Histogram {
  const counts = new Array<number>(most - least + 1).fill(0);
  for (let which = 0; which < histograms.length; which += 1) {
    const one = histograms[which] ?? [];
    for (let index = 0; index < one.length; index += 1) {
      const entry = one[index] as readonly [number, number];
      const place = entry[0] - least;
      counts[place] = (counts[place] as number) + entry[1];
    }
  }
  const merged: [number, number][] = [];
  for (let place = 0; place < counts.length; place += 1) {
    const count = counts[place] as number;
    if (count > 0) merged.push([place + least, count]);
  }
  return merged;
}

function mergeSparse(histograms: readonly Histogram[]): Histogram {
  const counts = new Map<number, number>();
  for (const one of histograms)
    for (const [bin, count] of one) counts.set(bin, (counts.get(bin) ?? 0) + count);
  return [...counts].toSorted(([a], [b]) => a - b);
}
