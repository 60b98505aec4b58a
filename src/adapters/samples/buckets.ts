import type { Counters } from "#core/judge/reading.ts";

/** What took longer than the highest bound of a histogram counts as having taken this many times that bound. */
const BEYOND = 10;

/**
 * Classic buckets of a Prometheus histogram as latencies in ms: bounds rise, running counts never fall. Each request counts
 * at the upper bound of its bucket, the longest it can have taken: a limit that is a bound is judged exactly, any other as
 * if requests were slower than they were, never faster. What is above the last bound counts as ten times that, since all
 * that is known of it is that it is long.
 * @param running running counts by bound as Prometheus writes it: `0.3`, `+Inf`
 * @param unit ms in one unit of the bounds
 */
export function latencyOf(running: ReadonlyMap<string, number>, unit: number): Counters["latency"] {
  const bounds = [...running]
    .map(([le, count]) => [le === "+Inf" ? Number.POSITIVE_INFINITY : Number(le), count] as const)
    .filter(([bound]) => bound > 0)
    .sort(([a], [b]) => a - b);
  const top = bounds.findLast(([bound]) => Number.isFinite(bound))?.[0];
  if (top === undefined) return [];
  let most = 0;
  return bounds.map(([bound, count]) => {
    // Buckets are scraped together but added up apart: a bound may lag behind the one below it for a moment.
    most = Math.max(most, count);
    return [Number.isFinite(bound) ? bound * unit : top * unit * BEYOND, most] as const;
  });
}
