// For tests: readings of both versions, told in few words.
import { type Charge, type Judgement, UNJUDGED } from "./judge.ts";
import { judgeLook, type Watched } from "./look.ts";
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

/** What the judge says after the last of these readings, all taken while the new version had half of the traffic. */
export function judgedLast(readings: readonly (Reading | null)[], charge: Charge): Judgement {
  let watched: Watched = { since: 0, weight: 5000, steady: true, last: null, judging: UNJUDGED };
  let judgement: Judgement = { verdict: "hold", reason: "no reading" };
  for (const one of readings) {
    const looked = judgeLook(watched, { reading: one, at: one?.at ?? 0 }, charge);
    watched = { ...watched, last: one ?? watched.last, judging: looked.judging };
    judgement = looked.judgement;
  }
  return judgement;
}

export function reading(
  at: number,
  canary: Look | null = look(),
  baseline: Look | null = look(),
): Reading {
  return { at, canary, baseline };
}
