import type { Tally } from "./tally.ts";

/** Less likely than one in a million: with a look every 5 s, less than one in a thousand hours. */
const BEYOND = Math.log(1e6);

/**
 * Whether so much bad is more than chance gives something that is as good as it should be: at least so many times out of all
 * are so unlikely by Chernoff's bound (Annals of Mathematical Statistics 23, 1952), `exp(-n KL(bad/n, share))`.
 * @param share of what is counted that may be bad, 0 to 1
 */
export function isBeyondChance({ good, bad }: Tally, share: number): boolean {
  const all = good + bad;
  if (all === 0 || bad / all <= share) return false;
  if (share <= 0) return true;
  const part = (count: number, of: number) =>
    count === 0 ? 0 : count * Math.log(count / all / of);
  return part(bad, share) + part(good, 1 - share) >= BEYOND;
}
