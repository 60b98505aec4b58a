import type { MinuteTally, Push } from "#app/ports/measures.ts";
import { checkMoment, checkName } from "./check-append.ts";

/** @throws {RangeError} for a minute that no database could keep, which is a bug in the caller. */
export function checkMinute({ environment, objective, at, good, bad }: MinuteTally): void {
  checkName(environment, "environment");
  checkName(objective, "objective");
  checkMoment(at, "a minute's at");
  for (const count of [good, bad]) {
    if (!Number.isFinite(count) || count < 0)
      throw new RangeError(`a minute counted ${count}, which is no number from 0 up`);
  }
}

/** @throws {RangeError} for a push that no database could keep, which is a bug in the caller. */
export function checkPush({ environment, at }: Push): void {
  checkName(environment, "environment");
  checkMoment(at, "a push's at");
}
