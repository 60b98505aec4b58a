// Latencies: lognormal with a p95 of 228 ms, slower as a whole, in its slowest tenth, or in its slowest hundredth.
import { BIN, type Histogram } from "#core/base/histogram.ts";
import type { Chance } from "./chance.ts";

/** Median in ms and sigma. */
const MEDIAN = 100;
const SIGMA = 0.5;

/** How many times slower than usual: all requests, the slowest tenth, the slowest hundredth. */
export interface Slower {
  readonly scale: number;
  readonly tail: number;
  readonly end: number;
}

interface Law {
  readonly bins: readonly number[];
  readonly shares: readonly number[];
  /** Share of each bin of what lies in it or above. */
  readonly rest: readonly number[];
  /** Walker's alias method: each place is its own bin with `keep`, else that of `other`. */
  readonly keep: readonly number[];
  readonly other: readonly number[];
}

const laws = new Map<string, Law>();
/** Up to so many requests are drawn one by one, more of them bin by bin. */
const ONE_BY_ONE = 200;

/** The latencies of so many requests. */
export function latencies(requests: number, slower: Slower, random: Chance): Histogram {
  if (requests <= 0) return [];
  const law = lawOf(slower);
  return requests <= ONE_BY_ONE ? drawEach(requests, law, random) : drawBins(requests, law, random);
}

function drawEach(requests: number, { bins, keep, other }: Law, random: Chance): Histogram {
  const counts = new Array<number>(bins.length).fill(0);
  for (let index = 0; index < requests; index += 1) {
    const at = random.next() * bins.length;
    const place = Math.floor(at);
    const bin = at - place < (keep[place] as number) ? place : (other[place] as number);
    counts[bin] = (counts[bin] as number) + 1;
  }
  const histogram: [number, number][] = [];
  for (let bin = 0; bin < counts.length; bin += 1)
    if (counts[bin] !== 0) histogram.push([bins[bin] as number, counts[bin] as number]);
  return histogram;
}

function drawBins(requests: number, { bins, rest }: Law, random: Chance): Histogram {
  const histogram: [number, number][] = [];
  for (let bin = 0, left = requests; bin < bins.length && left > 0; bin += 1) {
    const count = random.binomial(left, rest[bin] as number);
    if (count > 0) histogram.push([bins[bin] as number, count]);
    left -= count;
  }
  return histogram;
}

function lawOf({ scale, tail, end }: Slower): Law {
  // In steps of half a per cent, so that a drift does not make a law a second.
  const steps = Math.round(Math.log(scale) * 200);
  const key = `${steps}/${tail}/${end}`;
  const known = laws.get(key) ?? makeLaw({ scale: Math.exp(steps / 200), tail, end });
  laws.set(key, known);
  return known;
}

/** The share of each bin, from ten thousand points of the quantile function. */
function makeLaw({ scale, tail, end }: Slower): Law {
  const POINTS = 10_000;
  const found = new Map<number, number>();
  for (let index = 0; index < POINTS; index += 1) {
    const quantile = (index + 0.5) / POINTS;
    const slower = scale * (quantile > 0.9 ? tail : 1) * (quantile > 0.99 ? end : 1);
    const millis = MEDIAN * slower * Math.exp(SIGMA * normalQuantile(quantile));
    const bin = Math.floor(Math.log(millis) / Math.log(BIN));
    found.set(bin, (found.get(bin) ?? 0) + 1 / POINTS);
  }
  const sorted = [...found].toSorted(([a], [b]) => a - b);
  const shares = sorted.map(([, share]) => share);
  const rest = shares.map((share, index) => {
    const above = shares.slice(index).reduce((sum, one) => sum + one, 0);
    return index === shares.length - 1 ? 1 : share / above;
  });
  return { bins: sorted.map(([bin]) => bin), shares, rest, ...aliases(shares) };
}

function aliases(shares: readonly number[]): { keep: number[]; other: number[] } {
  const keep = shares.map((share) => share * shares.length);
  const other = shares.map((_, index) => index);
  const small = keep.flatMap((one, index) => (one < 1 ? [index] : []));
  const large = keep.flatMap((one, index) => (one < 1 ? [] : [index]));
  for (let low = small.pop(), high = large.at(-1); low !== undefined && high !== undefined; ) {
    other[low] = high;
    keep[high] = (keep[high] as number) - 1 + (keep[low] as number);
    if ((keep[high] as number) < 1) small.push(large.pop() as number);
    low = small.pop();
    high = large.at(-1);
  }
  return { keep, other };
}

/** The quantile function of the normal law (Acklam's approximation, error below 1.2e-9). */
function normalQuantile(p: number): number {
  const a = [
    -39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716,
    2.506628277459239,
  ];
  const b = [
    -54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972,
    -13.28068155288572, 1,
  ];
  const c = [
    -0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734,
    4.374664141464968, 2.938163982698783,
  ];
  const d = [0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416, 1];
  const sum = (list: readonly number[], x: number) =>
    list.reduce((total, one) => total * x + one, 0);
  if (p < 0.02425) {
    const q = Math.sqrt(-2 * Math.log(p));
    return sum(c, q) / sum(d, q);
  }
  if (p > 0.97575) return -normalQuantile(1 - p);
  const q = p - 0.5;
  return (sum(a, q * q) * q) / sum(b, q * q);
}
