import type { Counters } from "./reading.ts";

/** The totals of `later` minus those of `earlier`; a restart (totals that fell) counts from nothing. */
export function since(earlier: Counters | undefined, later: Counters): Counters {
  if (earlier === undefined || isNew(earlier, later)) return later;
  const hits =
    later.cacheHits === undefined ? {} : { cacheHits: later.cacheHits - (earlier.cacheHits ?? 0) };
  return {
    ...later,
    ...hits,
    requests: later.requests - earlier.requests,
    errors: later.errors - earlier.errors,
    latency: latencySince(earlier.latency, later.latency),
    databaseCalls: later.databaseCalls - earlier.databaseCalls,
    databaseErrors: later.databaseErrors - earlier.databaseErrors,
  };
}

/** How many requests came, and how many of them failed, by the same rule. */
export function failedSince(
  earlier: Counters | undefined,
  later: Counters,
): Pick<Counters, "requests" | "errors"> {
  if (earlier === undefined || isNew(earlier, later)) return later;
  return { requests: later.requests - earlier.requests, errors: later.errors - earlier.errors };
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

/** A bound that was not there before stood where the next lower one did: running counts rise at bounds only. */
function latencySince(
  earlier: Counters["latency"],
  later: Counters["latency"],
): Counters["latency"] {
  let [index, before] = [0, 0];
  return later.map(([upTo, running]) => {
    for (let next = earlier[index]; next !== undefined && next[0] <= upTo; next = earlier[index]) {
      before = next[1];
      index += 1;
    }
    return [upTo, Math.max(0, running - before)] as const;
  });
}

type Which = "error-rate" | "database-error-rate" | "p50" | "p95" | "p99";

/** One measure of some totals: rates in basis points, latencies in ms (upper bound of the bucket); null without data. */
export function measure(which: Which, counters: Counters): number | null {
  switch (which) {
    case "error-rate":
      return errorRate(counters);
    case "database-error-rate":
      return rate(counters.databaseErrors, counters.databaseCalls);
    case "p50":
      return quantile(0.5, counters);
    case "p95":
      return quantile(0.95, counters);
    case "p99":
      return quantile(0.99, counters);
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

function quantile(q: number, { latency }: Counters): number | null {
  const all = latency.at(-1)?.[1] ?? 0;
  if (all <= 0) return null;
  return latency.find(([, count]) => count >= q * all)?.[0] ?? null;
}
