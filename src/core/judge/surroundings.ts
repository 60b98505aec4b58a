// What speaks neither for nor against the canary, but against going on: no data, both versions in trouble, a machine that
// is full, requests that get lost.
import type { Interval, Measured } from "./interval.ts";
import { SHARE } from "./share.ts";
import { isAlone } from "./statistics.ts";

/** Plain data. */
export interface Surroundings {
  /** When each arm was measured last, and when the canary last had a request, in s. */
  readonly canaryAt: number | null;
  readonly baselineAt: number | null;
  readonly requestAt: number | null;
  /** Recent counts of both arms, older ones fading. */
  readonly recent: { readonly canary: Recent; readonly baseline: Recent };
  /** Checks in a row in which the canary's machine was full while the baseline's was not. */
  readonly full: number;
  /** Share of the baseline's errors that was usual before, 0 to 1. */
  readonly usual: number;
}

interface Recent {
  readonly all: number;
  readonly bad: number;
}

const NONE: Recent = { all: 0, bad: 0 };
export const UNDISTURBED: Surroundings = {
  canaryAt: null,
  baselineAt: null,
  requestAt: null,
  recent: { canary: NONE, baseline: NONE },
  full: 0,
  usual: 0,
};

/** With a check every 5 s, half of what counts is younger than half a minute. */
const FADING = 0.9;
const FULL = { cpu: 80, memory: 85, checks: 12 } as const;
/** Both are in trouble from this share of errors on, or from five times the usual one, with enough of them. */
const TROUBLE = { share: 0.01, times: 5, errors: 10 } as const;
/** Without a measurement for so long, or a request for so long, in s, nothing goes on. */
const LOST = 30;
const IDLE = 300;
/** The cache holds from this e-value on. */
const CACHE_ALARM = 1000;

export function watchSurroundings(
  before: Surroundings,
  { canary, baseline }: Interval,
  { t, usual }: { t: number; usual: { all: number; bad: number } },
): Surroundings {
  const recent = (old: Recent, arm: Measured | null): Recent => ({
    all: old.all * FADING + (arm?.requests ?? 0),
    bad: old.bad * FADING + (arm?.bad ?? 0),
  });
  return {
    canaryAt: canary === null ? before.canaryAt : t,
    baselineAt: baseline === null ? before.baselineAt : t,
    requestAt: canary !== null && canary.requests > 0 ? t : before.requestAt,
    recent: {
      canary: recent(before.recent.canary, canary),
      baseline: recent(before.recent.baseline, baseline),
    },
    full: isFull(canary) && !isFull(baseline) ? before.full + 1 : 0,
    usual: usual.all > 0 ? usual.bad / usual.all : 0,
  };
}

interface Why {
  readonly reason: string;
  readonly metric: string;
  /** Both versions are in trouble. */
  readonly shared?: true;
}

/** Why nothing goes on; null where nothing disturbs. */
export function whyHold(
  { canaryAt, baselineAt, requestAt, recent, full, usual }: Surroundings,
  interval: Interval,
  { t, doubts }: { t: number; doubts: { share: number; cache: number } },
): Why | null {
  const because = (metric: string, reason: string) => ({ metric, reason });
  if (interval.weight <= 0 && requestAt === null)
    return because("data", "the new version gets no traffic");
  if (requestAt === null || t - requestAt >= IDLE)
    return because("data", "the new version has had no request for 5 min");
  if (canaryAt === null || t - canaryAt >= LOST)
    return because("data", "the new version was not measured for 30 s");
  if (!isAlone(interval) && (baselineAt === null || t - baselineAt >= LOST))
    return because(
      "data",
      "the stable version was not measured for 30 s, so there is nothing to compare with",
    );
  const trouble = Math.max(TROUBLE.share, TROUBLE.times * usual);
  if (isTroubled(recent.baseline, trouble))
    return isTroubled(recent.canary, trouble)
      ? { ...because("errors", "both versions fail"), shared: true }
      : because("errors", "the stable version fails");
  if (doubts.share >= SHARE.alarm)
    return because(
      "share",
      "the new version gets less traffic than it should: requests may be lost",
    );
  if (full >= FULL.checks)
    return because("saturation", "its CPU or memory has been full for a minute");
  if (doubts.cache >= CACHE_ALARM) return because("cache", "its cache misses more often");
  return null;
}

function isFull(arm: Measured | null): boolean {
  return (arm?.cpu ?? 0) > FULL.cpu || (arm?.memory ?? 0) > FULL.memory;
}

function isTroubled({ all, bad }: Recent, share: number): boolean {
  return bad >= TROUBLE.errors && bad / all > share;
}
