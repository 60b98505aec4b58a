// How others decide, as their documents publish it: simple rules of the same shape, written anew. They are no runs of
// those products. Argo Rollouts and Flagger: their documented examples. Kayenta: its Mann-Whitney judge at 98 % with an
// effect of at least a quarter of the shift, judged again each minute from the tenth on.
import { addHistograms, BIN, type Histogram } from "#core/base/histogram.ts";
import type { Arm, Sample } from "#core/judge/sample.ts";

export const PEERS = ["Argo-style", "Flagger-style", "Kayenta-style"] as const;
export type Peer = (typeof PEERS)[number];

interface Minute {
  readonly requests: number;
  readonly errors: number;
  readonly latency: Histogram;
}

const NONE: Minute = { requests: 0, errors: 0, latency: [] };

/** When each of them turns a stream back, in seconds since the exposure; null where it does not. */
export function judgePeers(samples: readonly Sample[]): Readonly<Record<Peer, number | null>> {
  const minutes = minutesOf(samples.filter(({ t }) => t >= 0));
  return {
    "Argo-style": first(argo(minutes.map(({ canary }) => canary))),
    "Flagger-style": first(flagger(minutes.map(({ canary }) => canary))),
    "Kayenta-style": first(kayenta(minutes)),
  };
}

function first(minute: number): number | null {
  return minute < 0 ? null : (minute + 1) * 60;
}

/** Success of the last minute at least 99 %, p95 at most 300 ms; the fourth failed check ends it; failures never expire. */
function argo(minutes: readonly Minute[]): number {
  let failed = 0;
  return minutes.findIndex((one) => {
    const isBad = one.requests > 0 && (one.errors / one.requests > 0.01 || slow(one, 0.95) > 300);
    failed += isBad ? 1 : 0;
    return failed > 3;
  });
}

/** Success of the last minute at least 99 %, p99 at most 500 ms; the fifth failed check ends it; no values is a failed check. */
function flagger(minutes: readonly Minute[]): number {
  let failed = 0;
  return minutes.findIndex((one) => {
    const isBad = one.requests === 0 || one.errors / one.requests > 0.01 || slow(one, 0.99) > 500;
    failed += isBad ? 1 : 0;
    return failed >= 5;
  });
}

function kayenta(minutes: readonly { canary: Minute; baseline: Minute }[]): number {
  const points = (of: (one: Minute) => number) =>
    minutes.map(({ canary, baseline }) => ({ canary: of(canary), baseline: of(baseline) }));
  const rates = points(({ requests, errors }) => (requests > 0 ? errors / requests : 0));
  const p95s = points((one) => slow(one, 0.95));
  return minutes.findIndex(
    (_, index) => index >= 9 && [rates, p95s].some((metric) => isHigh(metric.slice(0, index + 1))),
  );
}

/** The lower end of the confidence interval of the shift is above a quarter of it. */
function isHigh(points: readonly { canary: number; baseline: number }[]): boolean {
  const differences = Float64Array.from(
    points.flatMap(({ canary }) => points.map(({ baseline }) => canary - baseline)),
  ).sort();
  const n = points.length;
  const rank = (n * n) / 2 - 2.326 * Math.sqrt((n * n * (2 * n + 1)) / 12);
  const low = differences[Math.max(0, Math.floor(rank))] ?? 0;
  const shift = differences[Math.floor(differences.length / 2)] ?? 0;
  return low > 0 && low > 0.25 * Math.abs(shift);
}

function minutesOf(samples: readonly Sample[]) {
  const minutes: { canary: Minute; baseline: Minute }[] = [];
  for (const { t, canary, baseline } of samples) {
    const index = Math.floor(t / 60);
    const before = minutes[index] ?? { canary: NONE, baseline: NONE };
    minutes[index] = {
      canary: add(before.canary, canary),
      baseline: add(before.baseline, baseline),
    };
  }
  return minutes;
}

function add(before: Minute, arm: Arm | null): Minute {
  if (arm === null) return before;
  return {
    requests: before.requests + arm.requests,
    errors: before.errors + arm.errors,
    latency: addHistograms([before.latency, arm.latency]),
  };
}

function slow({ latency }: Minute, quantile: number): number {
  let left = latency.reduce((sum, [, count]) => sum + count, 0) * quantile;
  for (const [bin, count] of latency) {
    left -= count;
    if (left <= 0) return BIN ** (bin + 1);
  }
  return 0;
}
