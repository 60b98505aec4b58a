import { binOf, type Histogram } from "../base/histogram.ts";
import { SECOND } from "../base/time.ts";
import { since } from "./measure.ts";
import type { Counters, Look, Reading } from "./reading.ts";
import type { Arm, Sample } from "./sample.ts";

/**
 * The sample between two readings of running totals: what both versions did since the earlier one. A version that was
 * started anew counts from nothing, as its totals fell. Without an earlier reading of a version, all that it ever counted
 * is the sample.
 * @param since when the exposure began
 * @param weight share of the traffic that the new version was to get meanwhile, in basis points
 */
export function between(
  earlier: Reading | null,
  later: Reading,
  { since, weight }: { since: number; weight: number },
): Sample {
  const baseline = armBetween(earlier?.baseline ?? null, later.baseline);
  const canary = armBetween(earlier?.canary ?? null, later.canary);
  const isOne = weight === 10_000 && isSame(later.baseline, later.canary);
  return {
    t: (later.at - since) / SECOND,
    weight: weight / 10_000,
    baseline: isOne ? null : baseline,
    canary,
  };
}

/** Once the new version is the stable one, both are the same: there is nothing to compare it with. */
function isSame(one: Look | null, other: Look | null): boolean {
  if (one?.counters.requests !== other?.counters.requests) return false;
  return JSON.stringify(one?.counters) === JSON.stringify(other?.counters);
}

export function armBetween(earlier: Look | null, later: Look | null): Arm | null {
  if (later === null) return null;
  const health = { probes: 1, probesFailed: later.healthy ? 0 : 1 };
  return { ...armOf(since(earlier?.counters, later.counters)), ...health };
}

/** Totals of some stretch of time as an arm. */
export function armOf(counted: Counters): Arm {
  const { cacheHits, cpu, memory } = counted;
  return {
    requests: counted.requests,
    errors: Math.min(counted.errors, counted.requests),
    dbOperations: counted.databaseCalls,
    dbErrors: Math.min(counted.databaseErrors, counted.databaseCalls),
    latency: histogramOf(counted.latency),
    ...(cacheHits !== undefined && { cacheHits: Math.min(cacheHits, counted.requests) }),
    ...(cpu !== undefined && { cpu }),
    ...(memory !== undefined && { memory }),
  };
}

/** Running counts up to bounds, as a histogram: what lies between two bounds counts as the upper one. */
export function histogramOf(latency: Counters["latency"]): Histogram {
  const bins: [number, number][] = [];
  let [below, isOrdered] = [0, true];
  for (const [upTo, running] of latency) {
    const count = running - below;
    below = Math.max(below, running);
    if (count <= 0) continue;
    const bin = binOf(upTo);
    const last = bins.at(-1);
    if (last?.[0] === bin) last[1] += count;
    else {
      isOrdered &&= last === undefined || last[0] < bin;
      bins.push([bin, count]);
    }
  }
  // Bounds come in their order from whoever keeps to the form.
  return isOrdered ? bins : inOrder(bins);
}

function inOrder(bins: Histogram): Histogram {
  const sums = new Map<number, number>();
  for (const [bin, count] of bins) sums.set(bin, (sums.get(bin) ?? 0) + count);
  return [...sums].toSorted(([a], [b]) => a - b);
}
