import { type Instant, MINUTE } from "../base/time.ts";
import type { Objectives } from "./objective.ts";
import { type Counts, NONE, type Tally, tally } from "./tally.ts";

/** When the minute began that a moment lies in. */
export function minuteOf(at: Instant): Instant {
  return at - (at % MINUTE);
}

/** What a minute counts against each objective; an objective that nothing was measured of is left out. */
export function talliesOf(objectives: Objectives, counts: Counts): ReadonlyMap<string, Tally> {
  return new Map(
    Object.entries(objectives).flatMap(([name, objective]) => {
      const counted = tally(objective, counts);
      return counted === null || sumOf(counted) === 0 ? [] : [[name, counted] as const];
    }),
  );
}

function sumOf({ good, bad }: Tally = NONE): number {
  return good + bad;
}
