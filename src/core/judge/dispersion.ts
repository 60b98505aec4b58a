// Errors come in clusters: one client that tries again five times is one trouble, not five. Where telemetry does not say
// who failed, the scatter of the counts does: independent errors scatter as a binomial law says, clustered ones more.

/** The scatter of one arm's counts: sums over neighbouring counts, and the last one. Plain data, of fixed size. */
export interface Scatter {
  readonly seen: number;
  readonly expected: number;
  readonly bad: number;
  readonly all: number;
}

/** As if one usual pair had been seen, so that the first error alone says nothing. */
export const STILL: Scatter = { seen: 1, expected: 1, bad: 0, all: 0 };

/**
 * The scatter with one more count. Neighbours are compared, so that a slow drift of the rate does not count; each pair
 * weighs by how many errors it should have. Differences of neighbours: von Neumann, Ann. Math. Stat. 12 (1941).
 */
export function scatter(before: Scatter, { all, bad }: { all: number; bad: number }): Scatter {
  if (all <= 0) return before;
  const last = { bad, all };
  if (before.all <= 0 || bad + before.bad === 0) return { ...before, ...last };
  const pooled = (bad + before.bad) / (all + before.all);
  const weight = all / (1 / all + 1 / before.all);
  const difference = bad / all - before.bad / before.all;
  return {
    seen: before.seen + difference * difference * weight,
    expected: before.expected + pooled * (1 - Math.min(pooled, 0.9)) * all,
    ...last,
  };
}

/** Above this the counts are clustered for sure; clusters that are cut at the edges of a check are larger than they look. */
const CLUSTERED = 1.25;

/** How much more the counts of these arms scatter than independent ones, at least 1. */
export function dispersionOf(scales: readonly (readonly Scatter[])[]): number {
  const ratios = scales.map((arms) => {
    const seen = arms.reduce((sum, arm) => sum + arm.seen, 0);
    const expected = arms.reduce((sum, arm) => sum + arm.expected, 0);
    return seen / expected;
  });
  const ratio = Math.max(1, ...ratios);
  return ratio + Math.max(0, ratio - CLUSTERED);
}
