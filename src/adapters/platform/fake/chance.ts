/** Numbers from 0 up to but not including 1 that a seed decides (mulberry32, Tommy Ettinger 2017). */
export function chance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A hexadecimal digest as a number from 0 up to but not including 1. */
export function fraction(digest: string): number {
  return Number.parseInt(digest.slice(0, 12), 16) / 2 ** 48;
}

/**
 * How many of `count` trials succeed by chance. Exact up to thirty expected successes or failures (by the gaps between
 * them, Devroye 1986, X.4.3), and by the normal approximation above.
 */
export function binomial(count: number, share: number, random: () => number): number {
  if (share > 0.5) return count - binomial(count, 1 - share, random);
  if (share <= 0 || count <= 0) return 0;
  const mean = count * share;
  if (mean > 30) {
    const wave = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    const drawn = Math.round(mean + wave * Math.sqrt(mean * (1 - share)));
    return Math.min(count, Math.max(0, drawn));
  }
  let hits = 0;
  for (let trial = 0; ; hits++) {
    trial += Math.floor(Math.log(1 - random()) / Math.log1p(-share)) + 1;
    if (trial > count) return hits;
  }
}
