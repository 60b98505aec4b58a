// The statistical judge: evidence that the canary is worse, over all metrics, at one promised rate of false rollbacks.
// One e-process per metric, each worth its share of that rate; their weighted mean is an e-process again, whatever depends
// on what, and no better merger exists (Vovk & Wang 2021).
import { appended } from "../base/list.ts";
import { type Interval, intervalOf, type Kind, type Measured, MOST_KINDS } from "./interval.ts";
import * as latency from "./latency.ts";
import { CACHE, METRICS, type Metric } from "./metrics.ts";
import { evidence, grow, type Process, START } from "./process.ts";
import { rateLogs, ratioLogs } from "./ratio.ts";
import { NOTHING_SHOWN, type Safety, show } from "./safety.ts";
import type { Sample, Stratum } from "./sample.ts";
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
  const tables = kinds.map(({ errors }) => errors);
  const dispersions = dispersionsOf(after.scatters);
  const alone =
    isAlone(interval) && canary !== null ? { all: canary.requests, bad: canary.bad } : null;
  const { processes: old } = before;
  const { errors, "gross errors": gross, database, alone: one } = METRICS;
  const most = { ratios: one.ratios, usual: reference(share(after.usual)) };
  const misses = t >= CACHE.after ? ratioLogs([interval.cacheMisses], CACHE, 1) : null;
  const slower = (metric: "latency" | "gross latency") =>
    grow(old[metric], latencyLogs(before.latency, slows, metric, dispersions.slow), clock);
  const processes: Statistics["processes"] = {
    errors: grow(old.errors, ratioLogs(tables, errors, dispersions.errors), clock),
    "gross errors": grow(old["gross errors"], ratioLogs(tables, gross, dispersions.errors), clock),
    latency: slower("latency"),
    "gross latency": slower("gross latency"),
    database: grow(
      old.database,
      ratioLogs([interval.database], database, dispersions.database),
      clock,
    ),
    alone: grow(old.alone, alone && rateLogs(alone, most, dispersions.errors), clock),
    share: grow(old.share, shareLogs(interval), clock),
    cache: grow(old.cache, misses, clock),
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

/** What all evidence says together. */
export interface Weighed {
  /** The e-value over all metrics, and the metric that speaks loudest. */
  readonly all: number;
  readonly metric: Metric;
  /** The metrics that are measured, and the e-value of each: those that are not are worth nothing. */
  readonly measured: readonly Metric[];
  readonly each: readonly number[];
}

/** The mean of the e-values of all metrics, each by its worth. */
export function weigh({ processes, measured: told }: Statistics): Weighed {
  const { measured, worths } = worthsOf(told?.database ?? true, told?.latency ?? true);
  const each = measured.map((name) => evidence(processes[name], METRICS[name].weights));
  let [all, loudest, most] = [0, 0, Number.NEGATIVE_INFINITY];
  for (let index = 0; index < each.length; index += 1) {
    const part = (worths[index] as number) * (each[index] as number);
    all += part;
    if (part > most) [loudest, most] = [index, part];
  }
  return { all, metric: measured[loudest] as Metric, measured, each };
}

const NAMES = Object.keys(METRICS) as readonly Metric[];

interface Worths {
  readonly measured: readonly Metric[];
  readonly worths: readonly number[];
}

/** What each metric is worth, by which of them are measured: two by two cases, worked out once. */
const WORTHS: readonly (readonly Worths[])[] = [false, true].map((database) =>
  [false, true].map((latency) => {
    const measured = NAMES.filter(
      (metric) => (metric !== "database" || database) && (!metric.endsWith("latency") || latency),
    );
    const whole = measured.reduce((sum, name) => sum + METRICS[name].worth, 0);
    return { measured, worths: measured.map((name) => METRICS[name].worth / whole) };
  }),
);

function worthsOf(database: boolean, latency: boolean): Worths {
  return WORTHS[Number(database)]?.[Number(latency)] as Worths;
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
  let slows: Slows[] = [];
  for (const { name, canary, baseline } of kinds) {
    const { thresholds } = knownOf(known, name);
    if (thresholds === null) continue;
    const slow = latency.slowOf(thresholds, canary, baseline);
    slows = appended(slows, { kind: name, slow });
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
    const { strata } = baseline;
    if (strata !== undefined)
      for (const [kind, part] of Object.entries(strata)) after = learnedOf(after, kind, part);
    after = learnedOf(after, "", baseline);
  }
  return after;
}

function learnedOf(
  before: Statistics["latency"],
  kind: string,
  part: Stratum,
): Statistics["latency"] {
  const known = knownOf(before, kind);
  if (known.thresholds !== null || part.latency.length === 0) return before;
  const isNew = known === latency.NOTHING_KNOWN;
  if (isNew && Object.keys(before).length >= MOST_KINDS) return before;
  return { ...before, [kind]: latency.learn(known, part.latency) };
}

/** A kind may have any name, such as `constructor`. */
function knownOf(known: Statistics["latency"], kind: string): latency.Known {
  return (Object.hasOwn(known, kind) ? known[kind] : undefined) ?? latency.NOTHING_KNOWN;
}

function remembered(known: Statistics["latency"], slows: readonly Slows[]): Statistics["latency"] {
  let after = known;
  for (const kind of Object.keys(known)) {
    const one = knownOf(known, kind);
    const slow = slows.find((other) => other.kind === kind)?.slow;
    const next = slow === undefined ? latency.freeze(one) : latency.remember(one, slow);
    if (next !== one) after = { ...after, [kind]: next };
  }
  return after;
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
    latency: Object.keys(known).length > 0 || kinds.some(isTimed),
  };
}

function isTimed({ canary, baseline }: Kind): boolean {
  return canary.length > 0 || baseline.length > 0;
}
