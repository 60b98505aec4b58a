import type { Counters } from "./reading.ts";

/** Nothing counted yet. */
export const NONE: Counters = {
  requests: 0,
  errors: 0,
  latency: [],
  databaseCalls: 0,
  databaseErrors: 0,
};

/** What `later` is counted from: an earlier look's totals; after a restart (totals that fell), or without any, nothing. */
export function startOf(earlier: Counters | undefined, later: Counters): Counters {
  return earlier === undefined || isNew(earlier, later) ? NONE : earlier;
}

/** The totals of `later` minus those of `earlier`; a restart counts from nothing. */
export function since(earlier: Counters | undefined, later: Counters): Counters {
  const start = startOf(earlier, later);
  const { cacheHits } = later;
  const hits = cacheHits === undefined ? {} : { cacheHits: cacheHits - (start.cacheHits ?? 0) };
  const running = runningSince(start.latency, later.latency);
  return {
    ...later,
    ...hits,
    requests: later.requests - start.requests,
    errors: later.errors - start.errors,
    latency: later.latency.map(([upTo], index) => [upTo, running[index] ?? 0] as const),
    databaseCalls: later.databaseCalls - start.databaseCalls,
    databaseErrors: later.databaseErrors - start.databaseErrors,
  };
}

/** How many requests came, and how many of them failed, by the same rule. */
export function failedSince(
  earlier: Counters | undefined,
  later: Counters,
): Pick<Counters, "requests" | "errors"> {
  const start = startOf(earlier, later);
  return { requests: later.requests - start.requests, errors: later.errors - start.errors };
}

/** A latency of what was counted between two looks, by the same rule. */
export function latencySince(
  which: Quantile,
  earlier: Counters | undefined,
  later: Counters,
): number | null {
  const { latency } = startOf(earlier, later);
  return quantile(QUANTILES[which], later.latency, runningSince(latency, later.latency));
}

/** Whether a version was started anew between two readings. Written out, since it is asked for several times a look. */
function isNew(earlier: Counters, later: Counters): boolean {
  return (
    later.requests < earlier.requests ||
    later.errors < earlier.errors ||
    later.databaseCalls < earlier.databaseCalls ||
    later.databaseErrors < earlier.databaseErrors ||
    (later.cacheHits ?? 0) < (earlier.cacheHits ?? 0)
  );
}

/**
 * The running counts at the bounds of `later` since `earlier`. A bound that was not there before stood where the next lower
 * one did: running counts rise at bounds only.
 */
export function runningSince(
  earlier: Counters["latency"],
  later: Counters["latency"],
): readonly number[] {
  const since = new Array<number>(later.length);
  let [index, before] = [0, 0];
  for (let bound = 0; bound < later.length; bound += 1) {
    const [upTo, running] = later[bound] as readonly [number, number];
    for (let next = earlier[index]; next !== undefined && next[0] <= upTo; next = earlier[index]) {
      before = next[1];
      index += 1;
    }
    since[bound] = Math.max(0, running - before);
  }
  return since;
}

const QUANTILES = { p50: 0.5, p95: 0.95, p99: 0.99 } as const;
type Quantile = keyof typeof QUANTILES;
type Which = "error-rate" | "database-error-rate" | Quantile;

/** One measure of some totals: rates in basis points, latencies in ms (upper bound of the bucket); null without data. */
export function measure(which: Which, counters: Counters): number | null {
  switch (which) {
    case "error-rate":
      return errorRate(counters);
    case "database-error-rate":
      return rate(counters.databaseErrors, counters.databaseCalls);
    case "p50":
    case "p95":
    case "p99":
      return latencySince(which, undefined, counters);
  }
}

/** A measure for people: `0.25 %` or `300 ms`. */
export function sayMeasure(which: Which, value: number): string {
  return which.endsWith("rate") ? `${Math.round(value) / 100} %` : `${value} ms`;
}

/** The share of requests that failed, in basis points; null without any. */
export function errorRate({
  errors,
  requests,
}: Pick<Counters, "errors" | "requests">): number | null {
  return rate(errors, requests);
}

function rate(bad: number, all: number): number | null {
  return all > 0 ? (bad / all) * 10_000 : null;
}

function quantile(
  q: number,
  bounds: Counters["latency"],
  running: readonly number[],
): number | null {
  const all = running.at(-1) ?? 0;
  if (all <= 0) return null;
  return bounds[running.findIndex((count) => count >= q * all)]?.[0] ?? null;
}
