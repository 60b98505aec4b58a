import { HOUR, type Instant, type Millis, SECOND } from "../base/time.ts";
import type { Counters, Look, Reading } from "../judge/reading.ts";
import type { VersionRole } from "../steps/step.ts";

/** Something that is wrong with the traffic of one version, for a time; always, where no time is said. */
export interface Trouble {
  /** The new version (`canary`), where it is left out. */
  readonly of?: VersionRole;
  readonly from?: Instant;
  readonly until?: Instant;
  /** Only while the new version has at least this share of the traffic, in basis points. */
  readonly weight?: number;
  /** Share of the requests that fail, 0 to 1. */
  readonly errors?: number;
  /** Share of the calls to the database that fail, 0 to 1. */
  readonly database?: number;
  /** How long every request takes. */
  readonly slow?: Millis;
  /** Whether the health probe goes unanswered. */
  readonly unhealthy?: boolean;
}

/** The traffic of one environment on the virtual clock. */
export interface Traffic {
  /** From `now` on the new version gets this share, in basis points. */
  readonly weigh: (canary: number, now: Instant) => void;
  /** What both versions have counted by `now`, which never goes back. */
  readonly look: (now: Instant) => Reading;
}

/** Requests per second of both versions together; each calls the database once. */
export const RATE = 100;
/** Upper bounds of the buckets that latencies are counted in, in ms. A usual request takes 80 ms. */
const BUCKETS = [50, 100, 250, 500, 1000, 2500, 60_000] as const;
const USUAL: Millis = 80;

/** Traffic that flows evenly, but for its troubles; it has flowed for an hour when it is first looked at. */
export function traffic(troubles: readonly Trouble[]): Traffic {
  const totals = { canary: nothing(), stable: nothing() };
  let at: Instant | null = null;
  let weight: number | null = null;
  const flow = (now: Instant) => {
    for (let from: Instant = at ?? now - HOUR; from < now; ) {
      const to = nextTurn(troubles, from, now);
      const requests = ((to - from) / SECOND) * RATE;
      pass("canary", from, (requests * (weight ?? 0)) / 10_000);
      pass("stable", from, (requests * (10_000 - (weight ?? 0))) / 10_000);
      from = to;
    }
    at = now;
  };
  const pass = (of: VersionRole, now: Instant, requests: number) => {
    if (requests > 0) count(totals[of], requests, ills(troubles, { of, now, weight: weight ?? 0 }));
  };
  const lookAt = (role: VersionRole, now: Instant): Look => ({
    healthy: !ills(troubles, { of: role, now, weight: weight ?? 0 }).unhealthy,
    counters: counted(totals[role]),
  });
  return {
    weigh(canary, now) {
      flow(now);
      weight = canary;
    },
    look(now) {
      flow(now);
      const canary = weight === null ? null : lookAt("canary", now);
      return { at: now, canary, baseline: lookAt("stable", now) };
    },
  };
}

/** The first moment after `from` at which some trouble comes or goes; `now` where none does before. */
function nextTurn(troubles: readonly Trouble[], from: Instant, now: Instant): Instant {
  let turn = now;
  for (const { from: begins = now, until: ends = now } of troubles) {
    if (begins > from && begins < turn) turn = begins;
    if (ends > from && ends < turn) turn = ends;
  }
  return turn;
}

/** All that is wrong with a version at a moment: of each ill the worst. */
function ills(
  troubles: readonly Trouble[],
  { of, now, weight }: { of: VersionRole; now: Instant; weight: number },
): Ills {
  if (troubles.length === 0) return WELL;
  const here = troubles.filter(
    (trouble) =>
      (trouble.of ?? "canary") === of &&
      now >= (trouble.from ?? now) &&
      now < (trouble.until ?? Number.POSITIVE_INFINITY) &&
      weight >= (trouble.weight ?? 0),
  );
  return {
    errors: Math.max(0, ...here.map(({ errors = 0 }) => errors)),
    database: Math.max(0, ...here.map(({ database = 0 }) => database)),
    slow: Math.max(USUAL, ...here.map(({ slow = USUAL }) => slow)),
    unhealthy: here.some(({ unhealthy = false }) => unhealthy),
  };
}

type Ills = Required<Pick<Trouble, "errors" | "database" | "slow" | "unhealthy">>;
const WELL: Ills = { errors: 0, database: 0, slow: USUAL, unhealthy: false };

interface Totals {
  requests: number;
  errors: number;
  databaseErrors: number;
  readonly within: number[];
  /** As they were told last; null once there is more to tell. */
  told: Counters | null;
}

function nothing(): Totals {
  return { requests: 0, errors: 0, databaseErrors: 0, within: BUCKETS.map(() => 0), told: null };
}

function count(totals: Totals, requests: number, ill: Ills): void {
  totals.told = null;
  totals.requests += requests;
  totals.errors += requests * ill.errors;
  totals.databaseErrors += requests * ill.database;
  for (let index = 0; index < BUCKETS.length; index += 1)
    if (ill.slow <= (BUCKETS[index] as number))
      totals.within[index] = (totals.within[index] ?? 0) + requests;
}

function counted(totals: Totals): Counters {
  if (totals.told !== null) return totals.told;
  const { requests, errors, databaseErrors, within } = totals;
  totals.told = {
    requests: Math.floor(requests),
    errors: Math.floor(errors),
    latency: BUCKETS.map((upTo, index) => [upTo, Math.floor(within[index] ?? 0)] as const),
    databaseCalls: Math.floor(requests),
    databaseErrors: Math.floor(databaseErrors),
  };
  return totals.told;
}
