// How long a weight lasts: so long as the judge needs at this traffic to find what the policy wants found.
import { formatDuration, type Millis, SECOND } from "../base/time.ts";
import { percent } from "../objectives/breaches.ts";
import { secondsToFind, smallestFound } from "./power.ts";

/** What an environment was measured to have before a release. */
export interface Traffic {
  /** Requests per second of all versions together. */
  readonly rate: number;
  /** Share of them that usually fails, 0 to 1. */
  readonly usual: number;
}

export interface Wish {
  /** The share of errors that must be found, in basis points. */
  readonly errors: number;
  readonly least: Millis;
  readonly most: Millis;
}

export interface StepLength {
  readonly length: Millis;
  /** Why it is that, and where it is not enough, as a phrase. */
  readonly said: string;
}

/** A service that never fails is taken to fail so often: no test tells nothing from next to nothing. */
const LEAST_USUAL = 0.0001;

/**
 * The length of a weight, between the least and the most that the policy allows. Where the most is not enough, or the
 * traffic is not known, it lasts the most, and says what is left unseen.
 * @param weight share of the traffic that the new version gets, in basis points
 */
export function stepLength(wish: Wish, weight: number, traffic: Traffic | null): StepLength {
  const { errors, least } = wish;
  const most = Math.max(wish.most, least);
  const rise = `a rise to ${percent(errors / 10_000)} errors`;
  if (weight === 0) return { length: least, said: "it gets no traffic" };
  if (traffic === null || traffic.rate <= 0) {
    const said = `the traffic was not measured, so it is not known whether ${rise} is found meanwhile`;
    return { length: most, said };
  }
  const usual = Math.max(traffic.usual, LEAST_USUAL);
  const step = { rate: traffic.rate, weight: weight / 10_000, usual };
  const where = `at ${Number(traffic.rate.toPrecision(3))} requests/s`;
  const needed = Math.ceil(secondsToFind(step, errors / 10_000)) * SECOND;
  if (needed <= most) {
    const said = `${rise} takes ${formatDuration(needed)} to be found ${where}`;
    return { length: Math.max(least, needed), said };
  }
  const found = smallestFound(step, most / SECOND);
  const seen =
    found === null ? "not even a version that always fails is" : `one to ${up(found)} is`;
  return {
    length: most,
    said: `no test finds ${rise} ${where} in ${formatDuration(most)}; ${seen}`,
  };
}

/** A share with two digits, rounded up: what is smaller is not found. */
function up(share: number): string {
  const digits = 10 ** (1 - Math.floor(Math.log10(share * 100)));
  return `${Math.ceil(share * 100 * digits) / digits} %`;
}
