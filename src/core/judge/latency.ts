import { addHistograms, type Histogram } from "../base/histogram.ts";
import type { Table } from "./ratio.ts";

/** The quantiles of the baseline that part latencies into cells: all requests slower, or a slow tail alone, both show. */
export const QUANTILES = [0.5, 0.75, 0.9, 0.95, 0.99] as const;
/** A version may be 5 % slower, which is two bins. */
const MARGIN = 2;
/** Four times slower, in bins: what is gross. */
const GROSS = 57;

const ENOUGH = 200;
const FADING = 0.99;
const RARE = 0.0005;

/** What is known of the baseline's latency, for one kind of request. Plain data. */
export interface Known {
  /** All that the baseline has answered so far, until there are thresholds; empty afterwards. */
  readonly past: Histogram;
  /** For each quantile the first bin above it, frozen before anything is compared; null until enough is known. */
  readonly thresholds: readonly number[] | null;
  /** The baseline's recent requests by cell: below the first threshold, between two, from the last on. Older ones fade. */
  readonly cells: readonly number[];
}

export const NOTHING_KNOWN: Known = { past: [], thresholds: null, cells: [] };

/** Adds a histogram to what is known, as long as no thresholds are frozen. */
export function learn(known: Known, histogram: Histogram): Known {
  if (known.thresholds !== null || histogram.length === 0) return known;
  return { ...known, past: addHistograms([known.past, histogram]) };
}

/** Freezes the thresholds once enough is known of the baseline. */
export function freeze(known: Known): Known {
  if (known.thresholds !== null) return known;
  const all = total(known.past);
  if (all < ENOUGH) return known;
  const thresholds = QUANTILES.map((quantile) =>
    firstAbove(known.past, all * (1 - quantile) + 1e-6),
  );
  // The past counts as two hundred requests: the arms are compared at the same time, it only says where to begin.
  const cells = cellsOf([known.past], thresholds, 0).map(
    (count) => Math.max(count / all, RARE) * ENOUGH,
  );
  return { past: [], thresholds, cells };
}

/** The requests of both arms in one check by cell; those of the canary three times, by how much slower it may be. */
export interface Slow {
  readonly baseline: readonly number[];
  /** As they are. */
  readonly plain: readonly number[];
  /** With the margin off. */
  readonly latency: readonly number[];
  /** Four times faster than they are. */
  readonly "gross latency": readonly number[];
}

/** A cell below each threshold, and one above the last. */
const EMPTY: readonly number[] = [...QUANTILES, 1].map(() => 0);

export function slowOf(
  thresholds: readonly number[],
  canary: readonly Histogram[],
  baseline: readonly Histogram[],
): Slow {
  return {
    baseline: cellsOf(baseline, thresholds, 0),
    plain: cellsOf(canary, thresholds, 0),
    latency: cellsOf(canary, thresholds, MARGIN),
    "gross latency": cellsOf(canary, thresholds, GROSS),
  };
}

/** What is known after a check. */
export function remember(known: Known, { baseline }: Slow): Known {
  const floor = RARE * ENOUGH * (1 - FADING);
  const cells = known.cells.map((count, index) => count * FADING + (baseline[index] ?? 0) + floor);
  return { ...known, cells };
}

/** One way in which a version may be slower: how the shares of the cells change. */
export interface Tilt {
  /** As powers of e. They must not fall. */
  readonly steps: readonly number[];
  /** As factors. */
  readonly factors: readonly number[];
}

export function tiltOf(steps: readonly number[]): Tilt {
  return { steps, factors: steps.map(Math.exp) };
}

/**
 * How much likelier the latencies of a check are when the canary's cells are tilted than when both arms are equally slow,
 * as logarithms, one per tilt. This is the 2x2 e-variable of Turner, Ly & Grünwald (2024) with as many columns as cells,
 * and the baseline's recent shares as its guess: any guess made before the check is allowed. Under equal shares the arms'
 * factors have a mean of 1 weighted by traffic, so their product has at most 1; and as a tilt never falls, a faster
 * canary only lowers it.
 */
export function slowLogs(
  known: Known,
  { canary, baseline }: { canary: readonly number[]; baseline: readonly number[] },
  { tilts, dispersion }: { tilts: readonly Tilt[]; dispersion: number },
): readonly number[] | null {
  const [mine, other] = [sumOf(canary), sumOf(baseline)];
  if (mine <= 0 || other <= 0) return null;
  const all = sumOf(known.cells);
  const logs = new Array<number>(tilts.length);
  for (let index = 0; index < tilts.length; index += 1) {
    const { steps, factors } = tilts[index] as Tilt;
    let whole = 0;
    for (let cell = 0; cell < factors.length; cell += 1)
      whole += (known.cells[cell] ?? 0) * (factors[cell] as number);
    const least = Math.log(all / whole);
    let log = 0;
    for (let cell = 0; cell < factors.length; cell += 1) {
      // The tilted share over the usual one; `both` is what the arms have together, over the usual share.
      const worse = ((factors[cell] as number) * all) / whole;
      const both = Math.log((mine * worse + other) / (mine + other));
      const [a, b] = [canary[cell] ?? 0, baseline[cell] ?? 0];
      log += a * ((steps[cell] as number) + least - both) - b * both;
    }
    logs[index] = log / dispersion;
  }
  return logs;
}

/** How many of both arms' requests are at or above one threshold. */
export function slowTable({ plain, baseline }: Slow, threshold: number): Table {
  return {
    canary: sumOf(plain),
    canaryBad: sumOf(plain, threshold + 1),
    baseline: sumOf(baseline),
    baselineBad: sumOf(baseline, threshold + 1),
  };
}

function sumOf(cells: readonly number[], from = 0): number {
  let sum = 0;
  for (let cell = from; cell < cells.length; cell += 1) sum += cells[cell] ?? 0;
  return sum;
}

/** Histograms by cell, their requests taken to be `shift` bins faster than they were. */
function cellsOf(
  histograms: readonly Histogram[],
  thresholds: readonly number[],
  shift: number,
): readonly number[] {
  const cells = EMPTY.slice();
  for (const histogram of histograms) {
    let cell = 0;
    // By index: this is where most of a check's time goes.
    for (let index = 0; index < histogram.length; index += 1) {
      const entry = histogram[index] as readonly [number, number];
      while (cell < thresholds.length && entry[0] - shift >= (thresholds[cell] as number))
        cell += 1;
      cells[cell] = (cells[cell] as number) + entry[1];
    }
  }
  return cells;
}

export function total(histogram: Histogram): number {
  let sum = 0;
  for (const [, count] of histogram) sum += count;
  return sum;
}

/** The lowest bin above which, itself included, at most so many lie. */
function firstAbove(histogram: Histogram, most: number): number {
  let [sum, lowest] = [0, (histogram.at(-1)?.[0] ?? 0) + 1];
  for (let index = histogram.length - 1; index >= 0; index -= 1) {
    const [bin, count] = histogram[index] ?? [0, 0];
    sum += count;
    if (sum > most) break;
    lowest = bin;
  }
  return lowest;
}
