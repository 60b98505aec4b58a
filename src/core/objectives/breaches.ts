import { formatDuration } from "../base/time.ts";
import { isBeyondChance } from "./chance.ts";
import {
  allowed,
  countedBy,
  limitOf,
  MEASURES,
  type Objective,
  type Objectives,
} from "./objective.ts";
import { type Counts, type Tally, tally } from "./tally.ts";

/** The objectives that some counts break, one sentence each; what was not measured breaks nothing. */
export function breaches(objectives: Objectives, counts: Counts): string[] {
  const broken: string[] = [];
  for (const name of Object.keys(objectives)) {
    const objective = objectives[name] as Objective;
    const counted = tally(objective, counts);
    if (counted !== null && isBroken(objective, counted))
      broken.push(`${name}: ${sayBreach(objective, counted, counts)}`);
  }
  return broken;
}

/**
 * Those of the broken objectives that are broken by more than chance explains, by name. A machine that is full for a moment
 * proves nothing of the version on it, so load is never among them.
 */
export function surelyBroken(objectives: Objectives, counts: Counts): readonly string[] {
  return Object.entries(objectives).flatMap(([name, objective]) => {
    const { measure } = objective;
    if (measure === "cpu" || measure === "memory") return [];
    // Each request counts here, also where the budget weighs minutes.
    const counted = tally(
      "weigh" in objective ? { ...objective, weigh: undefined } : objective,
      counts,
    );
    if (counted === null) return [];
    const isSure =
      measure === "availability" ? counted.bad > 0 : isBeyondChance(counted, allowed(objective));
    return isSure ? [name] : [];
  });
}

/** A stretch of time that is one slice is good or bad as a whole. */
function isBroken(objective: Objective, { good, bad }: Tally): boolean {
  if (countedBy(objective) === "slices") return bad > 0;
  // Whole numbers on both sides: a rate on its limit is not above it.
  return bad * 10_000 > Math.round(allowed(objective) * 10_000) * (good + bad);
}

function sayBreach(objective: Objective, { good, bad }: Tally, counts: Counts): string {
  const { measure } = objective;
  const limit = limitOf(objective);
  const rate = bad / (good + bad);
  switch (measure) {
    case "error-rate":
    case "database-error-rate":
      return `${measure} is ${percent(rate)}, at most ${percent(limit / 10_000)} is allowed`;
    case "success":
    case "cache-hits":
      return `${measure} is ${percent(1 - rate)}, at least ${percent(limit / 10_000)} is promised`;
    case "p50":
    case "p95":
    case "p99":
      return `${measure} is above ${formatDuration(limit)}: ${percent(rate)} took longer, at most ${percent(allowed(objective))} may`;
    case "availability":
      return "it was not available";
    case "cpu":
    case "memory":
      return `${measure} is ${counts[measure]} %, at most ${percent(limit / 10_000)} is allowed`;
  }
}

/** Where each objective stands in some counts, a phrase each: `errors 0.02 % failed`, `latency 99.1 % within 300 ms`. */
export function sayFigures(objectives: Objectives, counts: Counts): readonly string[] {
  return Object.entries(objectives).flatMap(([name, objective]) => {
    const counted = tally(objective, counts);
    return counted === null ? [] : [`${name} ${figureOf(objective, counted, counts)}`];
  });
}

function figureOf(objective: Objective, { good, bad }: Tally, counts: Counts): string {
  const { measure } = objective;
  const rate = bad / (good + bad);
  switch (measure) {
    case "error-rate":
    case "database-error-rate":
      return `${percent(rate)} failed`;
    case "success":
    case "cache-hits":
      return percent(1 - rate);
    case "p50":
    case "p95":
    case "p99":
      return `${percent(1 - rate)} within ${formatDuration(limitOf(objective))}`;
    case "availability":
      return bad > 0 ? "down" : "up";
    case "cpu":
    case "memory":
      return `${counts[measure]} %`;
  }
}

/** The limit of an objective, in words: `p95 at most 300 ms`. */
export function sayLimit(objective: Objective): string {
  const { measure } = objective;
  const limit = limitOf(objective);
  const { limit: side, unit } = MEASURES[measure];
  return `${measure} at ${side} ${unit === "duration" ? formatDuration(limit) : percent(limit / 10_000)}`;
}

/** A share for people, with two decimals at most. */
export function percent(share: number): string {
  return `${Math.round(share * 10_000) / 100} %`;
}
