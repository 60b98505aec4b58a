/** What both arms counted of one kind of request in one check: all, and how many were bad. */
export interface Table {
  readonly canary: number;
  readonly canaryBad: number;
  readonly baseline: number;
  readonly baselineBad: number;
}

/**
 * How much likelier the bad ones of a check are when the canary has `allowance * ratio` times the bad share of the
 * baseline than when it has `allowance` times, as logarithms, one per ratio.
 *
 * Given how many are bad in all, equal shares put each on the canary with a chance that the traffic alone sets: what
 * drifts in both arms cancels out (conditional binomial; Lindon & Malek 2022). The true law is hypergeometric, whose
 * exponential moments are smaller (Hoeffding 1963), so each factor has a mean of at most 1. Each kind of request is
 * compared with itself only, so a shift of the mix cancels out too (Turner & Grünwald 2023).
 * @param dispersion how much more the counts scatter than independent ones would, at least 1
 */
export function ratioLogs(
  tables: readonly Table[],
  { ratios, allowance }: { ratios: readonly number[]; allowance: number },
  dispersion: number,
): readonly number[] | null {
  const told = tables.filter(({ canary, baseline }) => canary > 0 && baseline > 0);
  if (told.length === 0) return null;
  const logs = ratios.map(() => 0);
  for (const { canary, canaryBad, baseline, baselineBad } of told) {
    if (canaryBad + baselineBad === 0) continue;
    const none = allowance * canary + baseline;
    ratios.forEach((ratio, index) => {
      const some = allowance * ratio * canary + baseline;
      // theta(some) / theta(none) = ratio * none / some, and (1 - theta) likewise without the ratio.
      const log = Math.log(none / some);
      const sum = canaryBad * (Math.log(ratio) + log) + baselineBad * log;
      logs[index] = (logs[index] ?? 0) + sum / dispersion;
    });
  }
  return logs;
}

/**
 * The same for the canary alone: how much likelier its bad ones are at `ratio * usual` than at `usual`.
 * @param usual a bad share, 0 to 1
 */
export function rateLogs(
  { all, bad }: { all: number; bad: number },
  { ratios, usual }: { ratios: readonly number[]; usual: number },
  dispersion: number,
): readonly number[] | null {
  if (all <= 0) return null;
  return ratios.map((ratio) => {
    const share = Math.min(ratio * usual, 0.99);
    const one = Math.log(share / usual);
    return (bad * one + (all - bad) * Math.log((1 - share) / (1 - usual))) / dispersion;
  });
}
