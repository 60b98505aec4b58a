import { formatDuration, type Millis } from "../base/time.ts";
import { breaches, surelyBroken } from "../objectives/breaches.ts";
import { isBeyondChance } from "../objectives/chance.ts";
import type { Objectives } from "../objectives/objective.ts";
import { armSince } from "./between.ts";
import { errorRate, failedSince, latencySince, NONE, sayMeasure } from "./measure.ts";
import type { Counters, Reading } from "./reading.ts";
import type { Triggers } from "./triggers.ts";

/** What the judge says of the traffic now. */
export interface Judgement {
  readonly verdict: "continue" | "hold" | "rollback";
  readonly reason: string;
  /** The metric or the trigger that speaks loudest. */
  readonly metric?: string;
  /** Both versions are bad: the comparison blames neither, and somebody must look. */
  readonly shared?: true;
  /** Figures that the verdict rests on. */
  readonly evidence?: Evidence;
}

/** Plain figures, by name; counts of kinds of requests in one text each. */
export type Evidence = Readonly<Record<string, number | string | null>>;

/** What the policy says of the limits. */
export interface Limits {
  readonly triggers: Triggers;
  readonly objectives: Objectives;
}

/**
 * The limits that a policy sets: hard thresholds over short looks back, outside the statistics, deaf to noise by a least
 * number of requests. They are armed from the first live request until the release ends.
 *
 * - health: `failures` looks in a row fail on the new version while the stable one is well -> rollback; `share` of its
 *   probes over the last `over` failed -> hold
 * - errors: over the last `over`, with at least `requests`, the error rate is above `above` and above twice that of the
 *   stable version, by more than chance gives a version that is well -> rollback
 * - database: `failures` looks in a row with at least `calls` calls of which `above` failed, the stable one well -> rollback
 * - latency: p95 over the last `over` is more than `times` that of the stable version -> rollback; where the stable one
 *   has had too little traffic meanwhile (it has none once the new one has all), all that it ever counted is compared
 * - objectives: broken over the last `for` by more than chance explains, with at least `requests`, and kept by the stable
 *   version -> rollback; broken by both -> hold, because the comparison cannot blame the new version
 * - no reading of the new version -> hold: no data proves nothing
 *
 * @param all the readings since the exposure, oldest first
 * @returns null where no limit speaks
 */
export function judgeLimits(all: readonly Reading[], limits: Limits): Judgement | null {
  const isBlind = all.some(({ canary }) => canary === null);
  const readings = isBlind ? all.filter(({ canary }) => canary !== null) : all;
  let first: Judgement | null = null;
  for (const { metric, rule } of RULES) {
    const judgement = rule(readings, limits);
    if (judgement?.verdict === "rollback") return { ...judgement, metric };
    if (judgement !== null) first ??= { ...judgement, metric };
  }
  return first;
}

type Rule = (readings: readonly Reading[], limits: Limits) => Judgement | null;

const health: Rule = (readings, { triggers }) => {
  const latest = readings.at(-1)?.canary;
  if (!latest) return null;
  if (latest.healthy) return triggers.health ? probes(readings, triggers.health) : null;
  const last = readings.slice(-(triggers.health?.failures ?? 1));
  const reason = `the new version fails its health probe (${latest.problem ?? "no answer"})`;
  const enough = triggers.health !== undefined && last.length >= triggers.health.failures;
  if (
    enough &&
    last.every(({ canary, baseline }) => canary?.healthy === false && baseline?.healthy !== false)
  ) {
    return { verdict: "rollback", reason: `${reason}, ${last.length} times in a row` };
  }
  const both = last.every(
    ({ canary, baseline }) => canary?.healthy === false && baseline?.healthy === false,
  );
  return enough && both
    ? { verdict: "hold", reason: `${reason}, and so does the stable one`, shared: true }
    : { verdict: "hold", reason };
};

/** Fewest probes that a share is counted of. */
const FEWEST_PROBES = 5;

/** A version that is well now and was not now and then: too little to turn back, too much to go on. */
function probes(
  readings: readonly Reading[],
  { share, over }: { share: number; over: Millis },
): Judgement | null {
  const begin = (readings.at(-1)?.at ?? 0) - over;
  let [all, failed] = [0, 0];
  readings.forEach(({ at, canary }, index) => {
    if (at <= begin || canary === null) return;
    const before = readings[index - 1]?.canary?.probes ?? { all: 0, failed: 0 };
    // Where only the look itself is known, it is one probe.
    const [told, bad] = canary.probes
      ? [canary.probes.all - before.all, canary.probes.failed - before.failed]
      : [1, canary.healthy ? 0 : 1];
    all += told;
    failed += bad;
  });
  if (all < FEWEST_PROBES || failed * 10_000 < share * all) return null;
  const reason = `${failed} of its ${all} health probes in ${formatDuration(over)} failed`;
  return { verdict: "hold", reason };
}

/** What has a fifth of what is bad is well. */
const HARMLESS = 5;

const errors: Rule = (readings, { triggers: { errors: told } }) => {
  if (told === undefined) return null;
  const canary = failedIn(readings, told.over, "canary");
  const rate = errorRate(canary);
  if (rate === null || canary.requests < told.requests || rate <= told.above) return null;
  if (isFirst(readings)) return { verdict: "hold", reason: FIRST };
  const stable = errorRate(failedIn(readings, told.over, "baseline")) ?? 0;
  const said = `${sayMeasure("error-rate", rate)} of its requests fail (stable: ${sayMeasure("error-rate", stable)})`;
  if (rate <= 2 * stable)
    return { verdict: "hold", reason: `${said}: both versions fail`, shared: true };
  // Two of twenty requests are no spike: a version that fails far less often loses them by chance now and then.
  const tally = { good: canary.requests - canary.errors, bad: canary.errors };
  return isBeyondChance(tally, told.above / HARMLESS / 10_000)
    ? {
        verdict: "rollback",
        reason: `${said}, more than ${sayMeasure("error-rate", told.above)} is a spike`,
      }
    : { verdict: "hold", reason: `${said}: too little to tell from chance` };
};

const database: Rule = (readings, { triggers: { database: told } }) => {
  if (told === undefined) return null;
  const { calls, above } = told;
  const isFailing = (index: number) => callsFail(readings, index, { of: "canary", calls, above });
  // Most looks end here.
  if (!isFailing(readings.length - 1)) return null;
  const last = Array.from({ length: told.failures }, (_, back) => readings.length - 1 - back);
  if (!last.every(isFailing)) return null;
  const reason = `its database calls fail, ${told.failures} looks in a row`;
  const harm = { of: "baseline", calls, above: above / HARMLESS } as const;
  // Then the database itself is in trouble, and the comparison blames nobody.
  return last.some((index) => callsFail(readings, index, harm))
    ? { verdict: "hold", reason: `${reason}, and so do those of the stable version`, shared: true }
    : { verdict: "rollback", reason };
};

/** Whether so many of a version's calls to the database failed since the look before. */
function callsFail(
  readings: readonly Reading[],
  index: number,
  { of, calls: fewest, above }: { of: "canary" | "baseline"; calls: number; above: number },
): boolean {
  const look = readings[index]?.[of];
  if (!look) return false;
  const { calls, errors } = callsSince(readings[index - 1]?.[of]?.counters, look.counters);
  return calls >= fewest && errors * 10_000 >= above * calls;
}

/**
 * The totals of one look say nothing of what the stable version does now: it may have been in the same trouble for a
 * minute, after a month without. Where it is not there, there is nothing to wait for.
 */
function isFirst(readings: readonly Reading[]): boolean {
  const [first, second] = readings;
  return first?.baseline != null && second === undefined;
}

const FIRST = "bad at the first look, and it is not known yet whether the stable version is, too";

/** Calls to the database since an earlier look; after a restart they count from nothing. */
function callsSince(earlier: Counters | undefined, later: Counters) {
  const isNew =
    earlier === undefined ||
    later.databaseCalls < earlier.databaseCalls ||
    later.databaseErrors < earlier.databaseErrors;
  return {
    calls: later.databaseCalls - (isNew ? 0 : earlier.databaseCalls),
    errors: later.databaseErrors - (isNew ? 0 : earlier.databaseErrors),
  };
}

const latency: Rule = (readings, { triggers: { latency: told } }) => {
  if (told === undefined) return null;
  const canary = stretchOf(readings, told.over, "canary");
  const lately = stretchOf(readings, told.over, "baseline");
  const isIdle = requestsIn(lately) < told.requests;
  const baseline = isIdle ? { from: undefined, to: lately.to } : lately;
  if (Math.min(requestsIn(canary), requestsIn(baseline)) < told.requests) return null;
  const now = latencySince("p95", canary.from, canary.to);
  const stable = latencySince("p95", baseline.from, baseline.to);
  if (now === null || stable === null || now <= told.times * stable) return null;
  if (isFirst(readings)) return { verdict: "hold", reason: FIRST };
  return {
    verdict: "rollback",
    reason: `its p95 is ${now} ms, more than ${told.times} times the stable ${stable} ms`,
  };
};

const objectives: Rule = (readings, { triggers: { objectives: told }, objectives: all }) => {
  if (told === undefined) return null;
  const first = readings[0];
  const latest = readings.at(-1);
  if (!first || !latest || latest.at - first.at < told.for) return null;
  const canary = stretchOf(readings, told.for, "canary");
  if (requestsIn(canary) < told.requests) return null;
  const mine = armSince(canary.from, canary.to);
  const broken = breaches(all, mine);
  if (broken.length === 0) return null;
  const stable = stretchOf(readings, told.for, "baseline");
  const shared = breaches(all, armSince(stable.from, stable.to)).length > 0;
  const reason = broken.join("; ");
  if (shared)
    return {
      verdict: "hold",
      reason: `${reason}: the stable version breaks objectives too`,
      shared,
    };
  return surelyBroken(all, mine).length > 0
    ? { verdict: "rollback", reason }
    : { verdict: "hold", reason: `${reason}: too little to tell from chance` };
};

const RULES: readonly { readonly metric: keyof Triggers; readonly rule: Rule }[] = [
  { metric: "health", rule: health },
  { metric: "errors", rule: errors },
  { metric: "database", rule: database },
  { metric: "latency", rule: latency },
  { metric: "objectives", rule: objectives },
];

/** What a version had counted at the begin of some time and at its end. */
interface Stretch {
  readonly from: Counters | undefined;
  readonly to: Counters;
}

/** The last `span` ms of a version; of the stable one at most those since the first reading. */
function stretchOf(
  readings: readonly Reading[],
  span: number,
  which: "canary" | "baseline",
): Stretch {
  let index = readings.length - 1;
  const latest = readings[index];
  const to = latest?.[which]?.counters;
  if (latest === undefined || to === undefined) return NOWHERE;
  const begin = latest.at - span;
  while (index >= 0 && (readings[index] as Reading).at > begin) index -= 1;
  const start = readings[index < 0 && which === "baseline" ? 0 : index];
  return { from: start?.[which]?.counters, to };
}

const NOWHERE: Stretch = { from: undefined, to: NONE };

function failedIn(readings: readonly Reading[], span: number, which: "canary" | "baseline") {
  const { from, to } = stretchOf(readings, span, which);
  return failedSince(from, to);
}

function requestsIn({ from, to }: Stretch): number {
  return failedSince(from, to).requests;
}
