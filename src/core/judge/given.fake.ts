// For tests: readings of both versions, told in few words.
import type { Counters, Look, Reading } from "./reading.ts";

/** Totals: requests, errors, and how many requests were slower than 100 ms (up to 1,000 ms). */
export function totals(
  requests = 0,
  errors = 0,
  more: { slow?: number; calls?: number; bad?: number } = {},
): Counters {
  const { slow = 0, calls = 0, bad = 0 } = more;
  const latency = [
    [100, requests - slow],
    [1000, requests],
  ] as const;
  return { requests, errors, latency, databaseCalls: calls, databaseErrors: bad };
}

export function look(counters: Counters = totals(), healthy = true): Look {
  return healthy ? { healthy, counters } : { healthy, problem: "503", counters };
}

export function reading(
  at: number,
  canary: Look | null = look(),
  baseline: Look | null = look(),
): Reading {
  return { at, canary, baseline };
}
