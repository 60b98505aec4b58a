import type { Reading } from "./reading.ts";
import type { Triggers } from "./triggers.ts";

/** How fine the older readings stay: two that follow each other are at most this share of their age apart. */
const FINE = 1 / 32;

/**
 * The readings that the judge may still look back on, with the newest added. The rules that count looks need the latest
 * ones in full; those that look back over a time need one near its beginning. So the latest are all kept, older ones are
 * thinned out in proportion to their age, and what lies before the longest look back goes: a few hundred readings at most,
 * however long the release is watched. A look back of one hour thus covers up to two minutes more.
 */
export function remember(
  history: readonly Reading[],
  reading: Reading,
  triggers: Triggers,
): readonly Reading[] {
  const all = [...history, reading];
  const whole = all.length - looksOf(triggers);
  const begin = reading.at - spanOf(triggers);
  const kept: Reading[] = [];
  all.forEach((one, index) => {
    const [before, after] = [kept.at(-1), all[index + 1]];
    const tooOld = index < whole && after !== undefined && after.at <= begin;
    if (tooOld) return;
    const age = reading.at - one.at;
    const isSpare =
      index < whole &&
      before !== undefined &&
      after !== undefined &&
      after.at - before.at <= age * FINE;
    if (!isSpare) kept.push(one);
  });
  return kept;
}

/** Looks in a row that some rule counts; differences need one more. */
function looksOf({ health, database }: Triggers): number {
  return Math.max(health?.failures ?? 1, database?.failures ?? 1) + 1;
}

/** The longest time that some rule looks back over, in ms. */
function spanOf({ health, errors, latency, objectives }: Triggers): number {
  const spans = [health?.over, errors?.over, latency?.over, objectives?.for];
  return Math.max(...spans.map((span) => span ?? 0));
}
