// What the judge can see at a given traffic, before a release begins: how long a fault takes to be found, how long a step
// has to last, and where no test can find what one asks for.
import { formatDuration, SECOND } from "../base/time.ts";
import { LEVELS, levelOf } from "./safety.ts";
import { reference } from "./statistics.ts";

/** Traffic at one step. */
export interface Step {
  /** Requests per second of both versions together. */
  readonly rate: number;
  /** Share of them that the new version gets, 0 to 1. */
  readonly weight: number;
  /** Share of all requests that usually fail, 0 to 1. */
  readonly usual: number;
}

/** Chances of a false rollback and of a miss: those that the bound is told for. */
const [FALSE, MISSED] = [0.01, 0.05];
/** The judge needs 1.4 to 1.7 times the bound in the middle and up to 4 times in all but one case of twenty (measured). */
const IN_TWENTY = 4;
const HOUR = 3600;
/** Continue needs up to so many times what its evidence needs on average, in all but one case of ten (measured). */
const IN_TEN = 2;
const CHANCE = 0.015;

/**
 * Wald's bound for two samples: the fewest requests of the new version that any test needs on average to find that `bad`
 * of them fail, with a false alarm in 1 % and a miss in 5 % (Wald, Sequential Analysis, 1947). Infinite where nothing is
 * to be found.
 */
export function fewestRequests({
  weight,
  usual,
  bad,
}: Omit<Step, "rate"> & { bad: number }): number {
  // At full weight there is nothing to compare with: then the canary is bad above what the judge lets pass of one alone.
  const above = weight >= 1 ? reference(usual) : usual;
  if (!(bad > above) || weight <= 0) return Number.POSITIVE_INFINITY;
  const pooled = weight * bad + (1 - weight) * usual;
  const told = divergence(bad, pooled) + ((1 - weight) / weight) * divergence(usual, pooled);
  const needed =
    (1 - MISSED) * Math.log((1 - MISSED) / FALSE) + MISSED * Math.log(MISSED / (1 - FALSE));
  return needed / (weight >= 1 ? divergence(bad, above) : told);
}

/** Seconds in which the judge finds that `bad` of the requests fail, in 95 of 100 cases. */
export function secondsToFind(step: Step, bad: number): number {
  return (IN_TWENTY * fewestRequests({ ...step, bad })) / (step.rate * step.weight);
}

/** The smallest share of errors that is found in so many seconds, in 95 of 100 cases; null where not even all failing is. */
export function smallestFound(step: Step, seconds: number): number | null {
  if (!(secondsToFind(step, 1) <= seconds)) return null;
  let [least, most] = [step.usual, 1];
  for (let round = 0; round < 60; round += 1) {
    const middle = (least + most) / 2;
    if (secondsToFind(step, middle) <= seconds) most = middle;
    else least = middle;
  }
  return most;
}

/** Seconds that a healthy version needs before the judge says continue, in 9 of 10 cases. */
function secondsToContinue({ rate, weight, usual }: Step): number {
  const { errors } = LEVELS[levelOf(weight)] ?? LEVELS[0];
  const share = Math.max(usual, 0.001);
  const worst = Math.min(0.5, share * errors);
  const requests = (IN_TEN * Math.log(1 / CHANCE)) / divergence(usual, worst);
  return Math.max(300, requests) / (rate * weight);
}

/** What can be seen at a step, in a sentence each. */
export function sayPower(step: Step): readonly string[] {
  const { rate, weight, usual } = step;
  const where = `at ${rate} requests/s and ${percent(weight)}`;
  const tenfold = Math.min(1, Math.max(usual, 0.001) * 10);
  const found = secondsToFind(step, tenfold);
  const smallest = smallestFound(step, HOUR);
  const rise =
    found <= HOUR
      ? `${where} a rise to ${percent(tenfold)} errors is found in ${time(found)} with 95 % power`
      : `${where} no test with these chances finds a rise to ${percent(tenfold)} errors within the hour`;
  const least =
    smallest === null
      ? "within the hour not even a version that always fails is found for sure"
      : `the smallest rise that is found within the hour is one to ${percent(smallest)}`;
  return [
    `${rise}; ${least}`,
    `${where} a healthy version goes on after ${time(secondsToContinue(step))}`,
  ];
}

function percent(share: number): string {
  return `${Number((share * 100).toPrecision(2))} %`;
}

function time(seconds: number): string {
  return formatDuration(Math.max(5, Math.ceil(seconds / 5) * 5) * SECOND);
}

/** The information of one observation for telling p from q (Kullback & Leibler). */
function divergence(p: number, q: number): number {
  const part = (one: number, other: number) => (one <= 0 ? 0 : one * Math.log(one / other));
  return part(p, q) + part(1 - p, 1 - q);
}
