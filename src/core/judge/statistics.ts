// The statistical judge: evidence that the canary is worse, over all metrics, at one promised rate of false rollbacks.
// One e-process per metric, each worth its share of that rate; their weighted mean is an e-process again, whatever depends
// on what, and no better merger exists (Vovk & Wang 2021).
import { type Interval, intervalOf, type Kind, type Measured, MOST_KINDS } from "./interval.ts";
import * as latency from "./latency.ts";
import { CACHE, METRICS, type Metric } from "./metrics.ts";
import { evidence, grow, type Process, START } from "./process.ts";
import { rateLogs, ratioLogs } from "./ratio.ts";
import { NOTHING_SHOWN, type Safety, show } from "./safety.ts";
import type { Sample } from "./sample.ts";
import {
  baselineAlone,
  dispersionsOf,
  NO_SCATTER,
  type Scatters,
  scatterMore,
  scatterPast,
} from "./scatters.ts";
import { SHARE, shareLogs } from "./share.ts";

/** Requests of the baseline from which its usual share of errors is known well enough. */
const KNOWN = 1000;
/** A rate that is taken as usual where the baseline has none or next to none. */
const LEAST_USUAL = 0.003;
/** All of the traffic, but for rounding. */
const WHOLE = 0.999;
/** The quantile at which `continue` is argued. */
const TAIL = 2;

/** All that the statistics remember. Plain data whose size does not depend on how long the watch lasts. */
export interface Statistics {
  readonly usual: { readonly all: number; readonly bad: number };
  readonly scatters: Scatters;
  readonly latency: Readonly<Record<string, latency.Known>>;
  readonly processes: Readonly<Record<Metric | "share" | "cache", Process>>;
  readonly safety: readonly Safety[];
  /** Which metrics are measured at all, settled with the first data; the worth of the others goes to these. */
  readonly measured: { readonly database: boolean; readonly latency: boolean } | null;
  /** Counts of the canary so far. */
  readonly requests: number;
}

export const NO_STATISTICS: Statistics = {
  usual: { all: 0, bad: 0 },
  scatters: NO_SCATTER,
  latency: {},
  processes: {
    errors: START,
    "gross errors": START,
    latency: START,
    "gross latency": START,
    database: START,
    alone: START,
    share: START,
    cache: START,
  },
  safety: NOTHING_SHOWN,
  measured: null,
  requests: 0,
};

/** Takes up what the baseline did before there was a canary. */
export function learn(before: Statistics, samples: readonly Sample[]): Statistics {
  const interval = read(before, samples);
  return {
    ...before,
    usual: usualAfter(before, interval.baseline),
    scatters: scatterPast(before.scatters, interval.baseline),
    latency: remembered(learned(before.latency, samples), []),
  };
}

/** All evidence is void; what is known of the baseline stays. */
export function startAnew({ usual, scatters, latency: known, measured }: Statistics): Statistics {
  return { ...NO_STATISTICS, usual, scatters: baselineAlone(scatters), latency: known, measured };
}

/** Takes up one check. */
export function update(
  before: Statistics,
  interval: Interval,
  { samples, t, planned }: { samples: readonly Sample[]; t: number; planned: number },
): Statistics {
  const clock = { t, planned };
  const { canary, kinds } = interval;
  const slows = slowOf(before.latency, interval);
  const slowTables = slows.map(({ slow }) => latency.slowTable(slow, TAIL));
  const after: Statistics = {
    ...before,
    usual: before.usual.all < KNOWN ? usualAfter(before, interval.baseline) : before.usual,
    scatters: scatterMore(before.scatters, interval, slowTables),
    measured: before.measured ?? measuredBy(before, interval),
    requests: before.requests + (canary?.requests ?? 0),
  };
  const tables = [...kinds.values()].map(({ errors }) => errors);
  const dispersions = dispersionsOf(after.scatters);
  const alone =
    isAlone(interval) && canary !== null ? { all: canary.requests, bad: canary.bad } : null;
  const { processes: old } = before;
  const { errors, "gross errors": gross, database, alone: one } = METRICS;
  const logs: Record<keyof Statistics["processes"], readonly number[] | null> = {
    errors: ratioLogs(tables, errors, dispersions.errors),
    "gross errors": ratioLogs(tables, gross, dispersions.errors),
    latency: latencyLogs(before.latency, slows, "latency", dispersions.slow),
    "gross latency": latencyLogs(before.latency, slows, "gross latency", dispersions.slow),
    database: ratioLogs([interval.database], database, dispersions.database),
    alone:
      alone &&
      rateLogs(alone, { ...one, usual: reference(share(after.usual)) }, dispersions.errors),
    share: shareLogs(interval),
    cache: t >= CACHE.after ? ratioLogs([interval.cacheMisses], CACHE, 1) : null,
  };
  const next = (name: keyof typeof logs) => grow(old[name], logs[name], clock);
  const processes: Statistics["processes"] = {
    errors: next("errors"),
    "gross errors": next("gross errors"),
    latency: next("latency"),
    "gross latency": next("gross latency"),
    database: next("database"),
    alone: next("alone"),
    share: next("share"),
    cache: next("cache"),
  };
  const shown = {
    tables,
    slow: slowTables,
    canary: canary && { all: canary.requests, bad: canary.bad },
    usual: share(before.usual),
    dispersion: dispersions.errors,
  };
  return {
    ...after,
    processes,
    safety: show(before.safety, shown, clock),
    latency: remembered(learned(before.latency, samples), slows),
  };
}

/** The samples of a check as one interval; a kind of request that is known stays one. */
export function read({ latency }: Statistics, samples: readonly Sample[]): Interval {
  return intervalOf(samples, (kind) => Object.hasOwn(latency, kind));
}

/** The e-value of each metric, and what it is worth: those that are not measured are worth nothing. */
export function weigh({
  processes,
  measured,
}: Statistics): readonly { readonly metric: Metric; readonly worth: number; readonly e: number }[] {
  const worths = worthsOf(measured?.database ?? true, measured?.latency ?? true);
  return NAMES.map((metric) => ({
    metric,
    worth: worths[metric],
    e: evidence(processes[metric], METRICS[metric].weights),
  }));
}

const NAMES = Object.keys(METRICS) as readonly Metric[];

/** What each metric is worth, by which of them are measured: two by two cases, worked out once. */
const WORTHS = [false, true].map((database) =>
  [false, true].map((latency) => {
    const absent = (metric: Metric) =>
      (metric === "database" && !database) || (metric.endsWith("latency") && !latency);
    const whole = NAMES.reduce((sum, name) => sum + (absent(name) ? 0 : METRICS[name].worth), 0);
    const worths = NAMES.map((name) => [name, absent(name) ? 0 : METRICS[name].worth / whole]);
    return Object.fromEntries(worths) as Readonly<Record<Metric, number>>;
  }),
);

function worthsOf(database: boolean, latency: boolean): Readonly<Record<Metric, number>> {
  return WORTHS[Number(database)]?.[Number(latency)] as Readonly<Record<Metric, number>>;
}

/** E-values of what can only hold: requests that do not reach the canary, a cache that misses. */
export function doubts({ processes }: Statistics): { share: number; cache: number } {
  return {
    share: evidence(processes.share, SHARE.weights),
    cache: evidence(processes.cache, CACHE.weights),
  };
}

/** True where the canary has all of the traffic, so that there is nothing to compare it with. */
export function isAlone({ weight, baseline }: Interval): boolean {
  return weight >= WHOLE && (baseline === null || baseline.requests === 0);
}

/** The share of errors above which a canary that is alone is bad, by the share that was usual before. */
export function reference(usual: number): number {
  return Math.min(0.2, Math.max(LEAST_USUAL, 3 * usual));
}

function share({ all, bad }: { all: number; bad: number }): number {
  return all > 0 ? bad / all : 0;
}

interface Slows {
  readonly kind: string;
  readonly slow: latency.Slow;
}

function slowOf(known: Statistics["latency"], { kinds }: Interval): readonly Slows[] {
  const slows: Slows[] = [];
  for (const [kind, { canary, baseline }] of kinds) {
    const { thresholds } = knownOf(known, kind);
    if (thresholds !== null)
      slows.push({ kind, slow: latency.slowOf(thresholds, canary, baseline) });
  }
  return slows;
}

function latencyLogs(
  known: Statistics["latency"],
  slows: readonly Slows[],
  metric: "latency" | "gross latency",
  dispersion: number,
): readonly number[] | null {
  let sum: readonly number[] = [];
  for (const { kind, slow } of slows) {
    const arms = { canary: slow[metric], baseline: slow.baseline };
    const { tilts } = METRICS[metric];
    const logs = latency.slowLogs(knownOf(known, kind), arms, { tilts, dispersion });
    if (logs !== null) sum = logs.map((log, index) => log + (sum[index] ?? 0));
  }
  return sum.length > 0 ? sum : null;
}

/** What comes to be known of the baseline's latency, by kind; thresholds are frozen as soon as they can be. */
function learned(before: Statistics["latency"], samples: readonly Sample[]): Statistics["latency"] {
  let after = before;
  for (const { baseline } of samples) {
    if (baseline === null) continue;
    const parts = Object.entries(baseline.strata ?? {});
    for (const [kind, part] of [...parts, ["", baseline] as const]) {
      const known = knownOf(after, kind);
      if (known.thresholds !== null || part.latency.length === 0) continue;
      if (known === latency.NOTHING_KNOWN && Object.keys(after).length >= MOST_KINDS) continue;
      after = { ...after, [kind]: latency.learn(known, part.latency) };
    }
  }
  return after;
}

/** A kind may have any name, such as `constructor`. */
function knownOf(known: Statistics["latency"], kind: string): latency.Known {
  return (Object.hasOwn(known, kind) ? known[kind] : undefined) ?? latency.NOTHING_KNOWN;
}

function remembered(known: Statistics["latency"], slows: readonly Slows[]): Statistics["latency"] {
  const frozen = Object.entries(known).map(([kind, one]) => {
    const slow = slows.find((other) => other.kind === kind)?.slow;
    return [kind, slow === undefined ? latency.freeze(one) : latency.remember(one, slow)] as const;
  });
  return Object.fromEntries(frozen);
}

function usualAfter({ usual }: Statistics, baseline: Measured | null): Statistics["usual"] {
  if (baseline === null) return usual;
  return { all: usual.all + baseline.requests, bad: usual.bad + baseline.bad };
}

function measuredBy(
  { latency: known, scatters }: Statistics,
  { canary, database, kinds }: Interval,
): Statistics["measured"] {
  if (canary === null || canary.requests === 0) return null;
  return {
    database: database.baseline + database.canary > 0 || scatters.database.baseline.counted > 0,
    latency: Object.keys(known).length > 0 || [...kinds.values()].some(isTimed),
  };
}

function isTimed({ canary, baseline }: Kind): boolean {
  return canary.length > 0 || baseline.length > 0;
}
