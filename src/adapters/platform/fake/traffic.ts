import type { Instant, Millis } from "#core/base/time.ts";
import type { Counters, Look } from "#core/judge/reading.ts";
import { BOUNDS } from "#processes/router/tally.ts";
import { type Deployed, type EnvironmentState, present, WHOLE } from "../environment.ts";
import { binomial } from "./chance.ts";

/** How a version behaves at a moment. */
export interface Conduct {
  readonly healthy: boolean;
  /** How long it takes until it is well after its start. */
  readonly boot: Millis;
  /** Shares that fail, in basis points. */
  readonly errors: number;
  readonly databaseErrors: number;
  /** The median. A tenth of the requests takes over twice as long, a hundredth over four times, none over ten times. */
  readonly latency: Millis;
}

export const GOOD: Conduct = { healthy: true, boot: 0, errors: 0, databaseErrors: 0, latency: 20 };

/** What runs in an environment, and what it has answered. */
export interface Environment {
  state: EnvironmentState;
  readonly totals: Map<string, Totals>;
  /** The moment up to which the traffic has been answered. */
  until: Instant;
}

interface Totals {
  requests: number;
  errors: number;
  databaseErrors: number;
  /** Requests per bucket of the router, in parts of a request. */
  readonly buckets: number[];
}

/** What share of the requests takes up to how many medians. */
const SPREAD: readonly (readonly [medians: number, share: number])[] = [
  [1, 0.5],
  [2, 0.4],
  [4, 0.09],
  [10, 0.01],
];

export interface Clients {
  readonly now: Instant;
  /** Requests per second. */
  readonly traffic: number;
  readonly conduct: (version: string, at: Instant) => Conduct;
  readonly random: () => number;
}

/** Lets the traffic since the last time be answered, by versions that behave as they do now. */
export function serve(environment: Environment, { now, traffic, conduct, random }: Clients): void {
  const { state, totals } = environment;
  const requests = Math.max(0, Math.floor(((now - environment.until) / 1000) * traffic));
  environment.until = traffic > 0 ? environment.until + (requests / traffic) * 1000 : now;
  const fresh = state.canary === null ? 0 : binomial(requests, state.weight / WHOLE, random);
  for (const one of present(state)) {
    const total = totals.get(one.name) ?? none();
    totals.set(one.name, total);
    const count = one === state.canary ? fresh : requests - fresh;
    add(total, { count, conduct: conduct(one.version, now), random });
  }
  for (const name of totals.keys()) {
    if (!present(state).some((one) => one.name === name)) totals.delete(name);
  }
}

/** A version's totals and health. */
export function lookAt(one: Deployed, { totals }: Environment, { healthy }: Conduct): Look {
  const { requests, errors, databaseErrors, buckets } = totals.get(one.name) ?? none();
  let sum = 0;
  const latency = BOUNDS.map((upTo, index) => {
    sum += buckets[index] ?? 0;
    return [upTo, index === BOUNDS.length - 1 ? requests : Math.floor(sum + 1e-6)] as const;
  });
  const counters: Counters = { requests, errors, latency, databaseCalls: requests, databaseErrors };
  if (healthy) return { healthy, counters };
  return { healthy, problem: `${one.version} is not well`, counters };
}

function none(): Totals {
  return { requests: 0, errors: 0, databaseErrors: 0, buckets: BOUNDS.map(() => 0) };
}

function add(
  total: Totals,
  { count, conduct, random }: { count: number; conduct: Conduct; random: () => number },
): void {
  total.requests += count;
  total.errors += binomial(count, conduct.errors / WHOLE, random);
  total.databaseErrors += binomial(count, conduct.databaseErrors / WHOLE, random);
  for (const [medians, share] of SPREAD) {
    const bucket = BOUNDS.findIndex((upTo) => conduct.latency * medians <= upTo);
    const index = bucket < 0 ? BOUNDS.length - 1 : bucket;
    total.buckets[index] = (total.buckets[index] ?? 0) + count * share;
  }
}
