import { binOf, type Histogram } from "../base/histogram.ts";
import { appended } from "../base/list.ts";
import { SECOND } from "../base/time.ts";
import { runningSince, startOf } from "./measure.ts";
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
  const arm = armSince(earlier?.counters, later.counters);
  arm.probes = 1;
  arm.probesFailed = later.healthy ? 0 : 1;
  return arm;
}

type Counted = { -readonly [Key in keyof Arm]: Arm[Key] };

/** What was counted between two looks as an arm; a version that was started anew counts from nothing. */
export function armSince(earlier: Counters | undefined, later: Counters): Counted {
  const start = startOf(earlier, later);
  const requests = later.requests - start.requests;
  const dbOperations = later.databaseCalls - start.databaseCalls;
  const { cacheHits, cpu, memory } = later;
  const arm: Counted = {
    requests,
    errors: Math.min(later.errors - start.errors, requests),
    dbOperations,
    dbErrors: Math.min(later.databaseErrors - start.databaseErrors, dbOperations),
    latency: histogramOf(later.latency, start.latency),
  };
  if (cacheHits !== undefined)
    arm.cacheHits = Math.min(cacheHits - (start.cacheHits ?? 0), requests);
  if (cpu !== undefined) arm.cpu = cpu;
  if (memory !== undefined) arm.memory = memory;
  return arm;
}

/**
 * Running counts up to bounds, as a histogram: what lies between two bounds counts as the upper one.
 * @param earlier the running counts before; left out: all that was ever counted is in it
 */
export function histogramOf(
  latency: Counters["latency"],
  earlier: Counters["latency"] = [],
): Histogram {
  const counts = runningSince(earlier, latency);
  let bins: [number, number][] = [];
  let [below, isOrdered] = [0, true];
  for (let index = 0; index < counts.length; index += 1) {
    const running = counts[index] as number;
    const count = running - below;
    below = Math.max(below, running);
    if (count <= 0) continue;
    const bin = binOf(latency[index]?.[0] ?? 0);
    const last = bins.at(-1);
    if (last?.[0] === bin) last[1] += count;
    else {
      isOrdered &&= last === undefined || last[0] < bin;
      bins = appended(bins, [bin, count]);
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
