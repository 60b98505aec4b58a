import type { Reading } from "./reading.ts";
import type { Triggers } from "./triggers.ts";

/** How fine the older readings stay: two that follow each other are at most this share of their age apart. */
const FINE = 1 / 32;

/**
 * Of these readings, the newest last, those that the judge may still look back on. The rules that count looks need the
 * latest ones in full; those that look back over a time need one near its beginning. So the latest are all kept, older ones
 * are thinned out in proportion to their age, and what lies before the longest look back goes: a few hundred readings at
 * most, however long the release is watched. A look back of one hour thus covers up to two minutes more.
 */
export function remember(all: readonly Reading[], triggers: Triggers): readonly Reading[] {
  const now = all.at(-1)?.at ?? 0;
  const whole = all.length - looksOf(triggers);
  const begin = now - spanOf(triggers);
  let before: Reading | undefined;
  return all.filter((one, index) => {
    const after = all[index + 1];
    if (index < whole && after !== undefined) {
      if (after.at <= begin) return false;
      if (before !== undefined && after.at - before.at <= (now - one.at) * FINE) return false;
    }
    before = one;
    return true;
  });
}

/** Looks in a row that some rule counts; differences need one more. */
function looksOf({ health, database }: Triggers): number {
  return Math.max(health?.failures ?? 1, database?.failures ?? 1) + 1;
}

/** The longest time that some rule looks back over, in ms. */
function spanOf({ health, errors, latency, objectives }: Triggers): number {
  return Math.max(health?.over ?? 0, errors?.over ?? 0, latency?.over ?? 0, objectives?.for ?? 0);
}
