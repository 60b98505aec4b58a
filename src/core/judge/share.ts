import type { Interval } from "./interval.ts";
import { shares } from "./process.ts";

/** Does the canary get the traffic it should? Requests that die before they are counted are errors that nobody sees. */
export const SHARE = {
  /** Four fifths of its share are enough. */
  enough: 0.8,
  ratios: [0.5, 0.25, 0.05, 0.001],
  weights: shares([1, 1, 1, 1]),
  /** From this e-value on it holds. */
  alarm: 1000,
} as const;

/** How much likelier the split of the requests is at each of the smaller shares, as logarithms. */
export function shareLogs({
  weight,
  steady,
  canary,
  baseline,
}: Interval): readonly number[] | null {
  const [mine, other] = [canary?.requests ?? 0, baseline?.requests ?? 0];
  if (!steady || weight <= 0 || weight >= 0.999 || canary === null || mine + other === 0)
    return null;
  const chance = (of: number) => (of * weight) / (of * weight + 1 - weight);
  const enough = chance(SHARE.enough);
  return SHARE.ratios.map((ratio) => {
    const less = chance(ratio);
    return mine * Math.log(less / enough) + other * Math.log((1 - less) / (1 - enough));
  });
}
