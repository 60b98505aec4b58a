// The judge: a pure fold over checks. The same module judges a release that is under way and a recorded stream.
import { SECOND } from "../base/time.ts";
import type { Objectives } from "../objectives/objective.ts";
import { type Exposure, exposed, overBudget } from "./budgets.ts";
import { remember } from "./history.ts";
import type { Interval } from "./interval.ts";
import { type Evidence, type Judgement, judgeLimits } from "./limits.ts";
import { METRICS, type Metric } from "./metrics.ts";
import type { Reading } from "./reading.ts";
import { LEVELS, levelOf } from "./safety.ts";
import type { Sample } from "./sample.ts";
import { errorDispersion } from "./scatters.ts";
import {
  doubts,
  learn,
  NO_STATISTICS,
  read,
  type Statistics,
  startAnew,
  update,
  type Weighed,
  weigh,
} from "./statistics.ts";
import { type Surroundings, UNDISTURBED, watchSurroundings, whyHold } from "./surroundings.ts";
import type { Triggers } from "./triggers.ts";

export type { Judgement } from "./limits.ts";

/** Everything the judge was told of one release. */
export interface Charge {
  readonly triggers: Triggers;
  readonly objectives: Objectives;
  /** Objectives whose error budget, once it is spent, lets nothing go on whatever the traffic says. */
  readonly budgets?: readonly string[];
}

/** One check: what came since the last one, and the running totals after it. */
export interface Check {
  /** Seconds since the exposure. */
  readonly t: number;
  readonly samples: readonly Sample[];
  /** Running totals, for the limits; null where nothing was read. */
  readonly reading: Reading | null;
  /** False where the weight may have changed within the samples. */
  readonly steady?: boolean;
}

/** All that the judge remembers of a release. Plain data; its size does not grow with the number of checks. */
export interface Judging {
  readonly statistics: Statistics;
  readonly surroundings: Surroundings;
  /** Earlier readings that a limit may still look back on. */
  readonly readings: readonly Reading[];
  readonly exposure: Exposure;
  /** A person has had the release go on though a budget was spent. */
  readonly overruled: boolean;
}

export const UNJUDGED: Judging = {
  statistics: NO_STATISTICS,
  surroundings: UNDISTURBED,
  readings: [],
  exposure: {},
  overruled: false,
};

/**
 * The evidence so far is void, since a person has had the release go on in its face; what is known of the stable version
 * stays. Where it was a budget that held it, that holds no more.
 */
export function judgeAnew(judging: Judging, { metric }: Judgement): Judging {
  const overruled = judging.overruled || metric === "budget";
  return { ...judging, statistics: startAnew(judging.statistics), exposure: {}, overruled };
}

/** Takes up what the stable version did before there was a new one. */
export function learnHistory(judging: Judging, samples: readonly Sample[]): Judging {
  return { ...judging, statistics: learn(judging.statistics, samples) };
}

/**
 * What the judge says after one more check. Rollback: a limit is passed, or the evidence that the canary is worse reaches
 * one over the promised chance. Continue: enough evidence that it is not much worse. Hold: everything else, with its reason.
 */
export function judge(
  before: Judging,
  check: Check,
  charge: Charge,
): { readonly judging: Judging; readonly judgement: Judgement } {
  const { reading } = check;
  const { worse } = charge.triggers;
  const told = read(before.statistics, check.samples);
  const interval = check.steady === false ? { ...told, steady: false } : told;
  const surroundings = watchSurroundings(before.surroundings, interval, {
    t: check.t,
    usual: before.statistics.usual,
  });
  const clock = { samples: check.samples, t: check.t, planned: (worse?.watch ?? 0) / SECOND };
  const statistics = worse ? update(before.statistics, interval, clock) : before.statistics;
  const { limit, readings } = limited(before.readings, reading, charge);
  const exposure = exposed(before.exposure, check.samples, charge);
  const judging = { ...before, statistics, surroundings, readings, exposure };
  const weighed = worse ? weigh(statistics) : null;
  const found = verdictOf({ judging, interval, check, charge, limit, weighed });
  const evidence = weighed && evidenceOf(statistics, interval, { weighed, charge });
  return { judging, judgement: evidence ? { ...found, evidence } : found };
}

/** What the policy's limits alone say, where it promises no chance: they look at totals, and only budgets at samples. */
export function judgeByLimits(
  before: Judging,
  { samples, reading }: Pick<Check, "samples" | "reading">,
  charge: Charge,
): { readonly judging: Judging; readonly judgement: Judgement } {
  const { limit, readings } = limited(before.readings, reading, charge);
  const exposure = exposed(before.exposure, samples, charge);
  const judging = { ...before, readings, exposure };
  if (limit !== null) return { judging, judgement: limit };
  if (!reading?.canary) return { judging, judgement: UNMEASURED };
  const spent = overBudget(judging, reading.recorded, charge);
  const judgement: Judgement =
    spent === null
      ? { verdict: "continue", reason: "nothing speaks against it" }
      : { verdict: "hold", reason: spent, metric: "budget" };
  return { judging, judgement };
}

/** What the limits say to one more reading, and which are kept. */
function limited(
  before: readonly Reading[],
  reading: Reading | null,
  charge: Charge,
): { readonly limit: Judgement | null; readonly readings: readonly Reading[] } {
  if (reading === null) return { limit: null, readings: before };
  const all = [...before, reading];
  const limit = reading.canary === null ? null : judgeLimits(all, charge);
  return { limit, readings: remember(all, charge.triggers) };
}

const UNMEASURED: Judgement = {
  verdict: "hold",
  reason: "the new version cannot be measured",
  metric: "data",
};

interface Found {
  readonly judging: Judging;
  readonly interval: Interval;
  readonly check: Check;
  readonly charge: Charge;
  readonly limit: Judgement | null;
  readonly weighed: Weighed | null;
}

function verdictOf(found: Found): Judgement {
  const { judging, interval, check, charge, limit, weighed: evidence } = found;
  if (limit?.verdict === "rollback") return limit;
  const { worse } = charge.triggers;
  if (worse && evidence !== null && evidence.all >= 10_000 / worse.chance) {
    return {
      verdict: "rollback",
      metric: evidence.metric,
      reason: `${sayWorse(evidence.metric)}: as much evidence as a version that is no worse gives in at most ${worse.chance / 100} % of releases`,
    };
  }
  const hold = (reason: string, metric?: string): Judgement =>
    metric === undefined ? { verdict: "hold", reason } : { verdict: "hold", reason, metric };
  if (interval.canary === null) return hold("the new version cannot be measured", "data");
  if (limit !== null) return limit;
  const spent = overBudget(judging, check.reading?.recorded, charge);
  if (spent !== null) return hold(spent, "budget");
  if (!worse || evidence === null)
    return { verdict: "continue", reason: "nothing speaks against it" };
  const why = whyHold(judging.surroundings, interval, {
    t: check.t,
    doubts: doubts(judging.statistics),
  });
  if (why !== null) return { verdict: "hold", ...why };
  if (evidence.all >= SUSPICIOUS)
    return hold(`evidence grows that its ${evidence.metric} are worse`, evidence.metric);
  return safetyOf(judging.statistics, interval);
}

/** Evidence from which on nothing goes on, though it is not enough to turn back. */
const SUSPICIOUS = 10;
/** Fewest requests of the canary before anything goes on. */
const FEWEST = 300;

function sayWorse(metric: string): string {
  const what: Record<string, string> = {
    errors: "more of its requests fail than of the stable version's",
    "gross errors": "many times more of its requests fail than of the stable version's",
    latency: "its requests take longer than the stable version's",
    "gross latency": "its requests take many times longer than the stable version's",
    database: "more of its database calls fail than of the stable version's",
    alone: "more of its requests fail than was usual before the release",
  };
  return what[metric] ?? metric;
}

function safetyOf({ safety, requests, measured }: Statistics, { weight }: Interval): Judgement {
  if (requests < FEWEST) {
    const reason = `too little data: ${requests} requests of ${FEWEST} so far`;
    return { verdict: "hold", reason, metric: "evidence" };
  }
  const level = levelOf(weight);
  const { errors, slow } = LEVELS[level] ?? LEVELS[0];
  const shown = safety[level];
  if (!shown?.errorsShown) {
    const reason = `too little data to say that fewer than ${errors} times as many of its requests fail`;
    return { verdict: "hold", reason, metric: "evidence" };
  }
  if (measured?.latency && !shown.slowShown) {
    const reason = `too little data to say that fewer than ${slow} times as many of its requests are slow`;
    return { verdict: "hold", reason, metric: "evidence" };
  }
  return { verdict: "continue", reason: "all evidence says that it is not much worse" };
}

/** The figures of a verdict, rounded, so that the journal stays small. */
function evidenceOf(
  statistics: Statistics,
  interval: Interval,
  { weighed, charge }: { weighed: Weighed; charge: Charge },
): Evidence {
  const evidence: Record<string, number | string> = {
    e: round(weighed.all),
    needed: 10_000 / (charge.triggers.worse?.chance ?? 100),
    dispersion: round(errorDispersion(statistics.scatters)),
    requests: statistics.requests,
  };
  for (let index = 0; index < weighed.each.length; index += 1)
    evidence[E_OF[weighed.measured[index] as Metric]] = round(weighed.each[index] as number);
  for (const { name, errors } of interval.kinds.slice(0, 20)) {
    const { canary, canaryBad, baseline, baselineBad } = errors;
    evidence[`kind ${name}`] = `${round(canaryBad)}/${canary} ${round(baselineBad)}/${baseline}`;
  }
  return evidence;
}

const E_OF = Object.fromEntries(
  Object.keys(METRICS).map((metric) => [metric, `e ${metric}`]),
) as Readonly<Record<Metric, string>>;

/** Powers of ten from the smallest that a figure may need to the largest: to raise one anew takes longer than the rest. */
const TENS = Array.from({ length: 41 }, (_, index) => 10 ** (index - 20));

/** To four digits. */
function round(value: number): number {
  if (Number.isInteger(value)) return value;
  const digits = 3 - Math.floor(Math.log10(Math.abs(value)));
  const scale = TENS[digits + 20] ?? 10 ** digits;
  const rounded = Math.round(value * scale) / scale;
  return Number.isFinite(rounded) ? rounded : value;
}
