// The scatter of all that is counted, of both arms.
import { dispersionOf, type Scatter, STILL, scatter, scatterBoth } from "./dispersion.ts";
import type { Interval, Measured } from "./interval.ts";
import type { Table } from "./ratio.ts";

const COUNTED = ["errors", "database", "slow"] as const;
type Counted = (typeof COUNTED)[number];

interface Arms {
  readonly baseline: Scatter;
  readonly canary: Scatter;
}

/** Errors, failed calls to the database, slow requests. Plain data. */
export type Scatters = Readonly<Record<Counted, Arms>>;

const NO_ARMS: Arms = { baseline: STILL, canary: STILL };
export const NO_SCATTER: Scatters = { errors: NO_ARMS, database: NO_ARMS, slow: NO_ARMS };

/** The scatter with what the baseline did before there was a canary. */
export function scatterPast(before: Scatters, arm: Measured | null): Scatters {
  if (arm === null) return before;
  const { errors, database } = before;
  return {
    ...before,
    errors: { ...errors, baseline: scatter(errors.baseline, arm.each) },
    database: { ...database, baseline: scatter(database.baseline, callsOf(arm)) },
  };
}

/**
 * The scatter with one more check.
 * @param slow how many requests of each kind were slow
 */
export function scatterMore(
  before: Scatters,
  { baseline, canary }: Interval,
  slow: readonly Table[],
): Scatters {
  return {
    errors: scatterBoth(before.errors, {
      baseline: baseline?.each ?? null,
      canary: canary?.each ?? null,
    }),
    database: scatterBoth(before.database, {
      baseline: baseline && callsOf(baseline),
      canary: canary && callsOf(canary),
    }),
    slow: scatterBoth(before.slow, {
      baseline: [slowOf(slow, "baseline")],
      canary: [slowOf(slow, "canary")],
    }),
  };
}

/** How much more errors, database errors and slow requests scatter than independent ones. */
export function dispersionsOf({ errors, database, slow }: Scatters): Record<Counted, number> {
  const of = ({ baseline, canary }: Arms, isShown: boolean) =>
    dispersionOf([baseline, canary], isShown);
  return { errors: of(errors, false), database: of(database, false), slow: of(slow, true) };
}

/** The first of them alone. */
export function errorDispersion({ errors: { baseline, canary } }: Scatters): number {
  return dispersionOf([baseline, canary]);
}

/** What the evidence so far said of the canary goes. */
export function baselineAlone(scatters: Scatters): Scatters {
  const of = ({ baseline }: Arms): Arms => ({ baseline, canary: STILL });
  return {
    errors: of(scatters.errors),
    database: of(scatters.database),
    slow: of(scatters.slow),
  };
}

function callsOf({ operations: all, operationsFailed: bad }: Measured) {
  return [{ all, bad }];
}

/** All slow requests of an arm, whatever their kind. */
function slowOf(tables: readonly Table[], arm: "canary" | "baseline") {
  let [all, bad] = [0, 0];
  for (const { canary, canaryBad, baseline, baselineBad } of tables) {
    all += arm === "canary" ? canary : baseline;
    bad += arm === "canary" ? canaryBad : baselineBad;
  }
  return { all, bad };
}
