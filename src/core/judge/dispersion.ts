// Errors come in clusters: one client that tries again five times is one trouble, not five. Where telemetry does not say
// who failed, the scatter of the counts does: independent errors scatter as a binomial law says, clustered ones more. A
// cluster may last some seconds, so counts are compared over three lengths: samples, checks, and windows of some checks.

interface Count {
  readonly all: number;
  readonly bad: number;
}

/** How much neighbours differed, and how much independent ones would. */
interface Spread {
  readonly seen: number;
  readonly expected: number;
}

/** The scatter of one arm's counts. Plain data, of fixed size. */
export interface Scatter {
  readonly samples: Spread;
  readonly checks: Spread;
  readonly windows: Spread;
  /** The latest window alone, against the one before. */
  readonly now: Spread;
  readonly last: Count;
  /** How many checks there were. */
  readonly counted: number;
  /** The last checks, two windows of them. */
  readonly recent: readonly Count[];
}

/** As if one usual pair had been seen, so that the first error alone says nothing. */
const USUAL: Spread = { seen: 1, expected: 1 };
const NOTHING: Spread = { seen: 0, expected: 0 };
const NONE: Count = { all: 0, bad: 0 };

export const STILL: Scatter = {
  ...{ samples: USUAL, checks: USUAL, windows: USUAL, now: NOTHING },
  ...{ last: NONE, counted: 0, recent: [] },
};

/** Checks in a window. */
const WINDOW = 4;

/**
 * The scatter with one more check, told by its samples. Neighbours are compared, so that a slow drift of the rate does not
 * count; each pair weighs by how many errors it should have. Differences of neighbours: von Neumann, Ann. Math. Stat. 12
 * (1941); over several lengths, since a sum over longer times holds whole clusters: the variance-time method.
 */
export function scatter(before: Scatter, each: readonly Count[]): Scatter {
  return after(before, pairsOf(before, each), NOT_SHARED);
}

/**
 * The scatter of both arms. What leaps in both at once is an outage that they share, no cluster: it does not count.
 * @param counts null where an arm was not measured
 */
export function scatterBoth(
  before: { readonly baseline: Scatter; readonly canary: Scatter },
  counts: { readonly baseline: readonly Count[] | null; readonly canary: readonly Count[] | null },
): { readonly baseline: Scatter; readonly canary: Scatter } {
  const baseline = counts.baseline && pairsOf(before.baseline, counts.baseline);
  const canary = counts.canary && pairsOf(before.canary, counts.canary);
  const both = baseline !== null && canary !== null;
  const shared = {
    checks: both && isShared(baseline.checks, canary.checks),
    windows: both && isShared(baseline.windows, canary.windows),
  };
  return {
    baseline: baseline ? after(before.baseline, baseline, shared) : before.baseline,
    canary: canary ? after(before.canary, canary, shared) : before.canary,
  };
}

/** One more check with its neighbours. */
interface Pairs {
  readonly samples: Spread;
  readonly last: Count;
  readonly check: Count;
  readonly checks: Leap;
  readonly windows: Leap;
  readonly recent: readonly Count[];
}

interface Leap extends Spread {
  readonly rises: boolean;
}

interface Shared {
  readonly checks: boolean;
  readonly windows: boolean;
}

const NOT_SHARED: Shared = { checks: false, windows: false };

const STEADY: Leap = { ...NOTHING, rises: false };

/** So many times the usual square difference is a leap. */
const LEAP = 4;

function isShared(one: Leap, other: Leap): boolean {
  const leap = ({ seen, expected }: Spread) => expected > 0 && seen > LEAP * expected;
  return one.rises === other.rises && leap(one) && leap(other);
}

function pairsOf(before: Scatter, each: readonly Count[]): Pairs {
  let [all, bad] = [0, 0];
  let { samples, last } = before;
  for (const one of each) {
    if (one.all <= 0) continue;
    samples = add(samples, difference(one, last), 1);
    last = one;
    all += one.all;
    bad += one.bad;
  }
  const [only] = each;
  const check = each.length === 1 && only !== undefined ? only : { all, bad };
  const recent = followed(before.recent, check);
  const checks = difference(check, before.recent.at(-1) ?? NONE);
  return { samples, last, check, recent, checks, windows: windowsOf(recent) };
}

/** The last checks with one more: the oldest of two full windows goes. */
function followed(recent: readonly Count[], check: Count): readonly Count[] {
  if (recent.length < 2 * WINDOW) return [...recent, check];
  const after = recent.slice();
  for (let index = 1; index < after.length; index += 1) after[index - 1] = after[index] as Count;
  after[after.length - 1] = check;
  return after;
}

/** The latest window against the one before. Most traffic is well, and then there is nothing to compare. */
function windowsOf(recent: readonly Count[]): Leap {
  if (recent.every(({ bad }) => bad === 0)) return STEADY;
  const middle = recent.length - WINDOW;
  return difference(sumOf(recent, middle, recent.length), sumOf(recent, middle - WINDOW, middle));
}

function after(before: Scatter, pairs: Pairs, shared: Shared): Scatter {
  if (pairs.check.all <= 0) return before;
  const windows = shared.windows ? NOTHING : pairs.windows;
  return {
    samples: shared.checks ? before.samples : pairs.samples,
    checks: shared.checks ? before.checks : add(before.checks, pairs.checks, 1),
    // Windows overlap: each error is in so many of them.
    windows: add(before.windows, windows, 1 / WINDOW),
    now: windows.expected === 0 ? NOTHING : { seen: windows.seen, expected: windows.expected },
    last: pairs.last,
    counted: before.counted + 1,
    recent: pairs.recent,
  };
}

function add(to: Spread, { seen, expected }: Spread, share: number): Spread {
  if (expected === 0) return to;
  return { seen: to.seen + seen * share, expected: to.expected + expected * share };
}

/** How much two counts differ, and how much independent ones would, in errors. */
function difference(one: Count, other: Count): Leap {
  if (one.all <= 0 || other.all <= 0 || one.bad + other.bad === 0) return STEADY;
  const pooled = (one.bad + other.bad) / (one.all + other.all);
  const apart = one.bad / one.all - other.bad / other.all;
  return {
    seen: (apart * apart * one.all) / (1 / one.all + 1 / other.all),
    expected: pooled * (1 - Math.min(pooled, 0.9)) * one.all,
    rises: apart > 0,
  };
}

function sumOf(counts: readonly Count[], from: number, to: number): Count {
  let [all, bad] = [0, 0];
  for (let index = Math.max(0, from); index < to; index += 1) {
    const count = counts[index] as Count;
    all += count.all;
    bad += count.bad;
  }
  return { all, bad };
}

/** Above this the counts are clustered for sure; clusters that are cut at an edge are larger than they look. */
const CLUSTERED = 1.25;
const LENGTHS = ["samples", "checks", "windows"] as const;

/**
 * How much more the counts of these arms scatter than independent ones, at least 1.
 *
 * A burst of the latest window counts against itself the more, the less is known: who has seen many errors one by one
 * takes several at once for a fault, who has seen none takes them for one client.
 * @param isShown the scatter must be shown beyond its own error: for what is so frequent that chance alone would often
 * seem to be scatter
 */
export function dispersionOf(arms: readonly Scatter[], isShown = false): number {
  if (arms.every(isStill)) return 1;
  let most = 1;
  const counted = arms.reduce((sum, arm) => sum + arm.counted, 0);
  for (const length of LENGTHS) {
    let [seen, expected] = [0, 0];
    for (const arm of arms) {
      seen += arm[length].seen;
      expected += arm[length].expected;
    }
    if (length === "windows") {
      const share = 1 / (1 + expected / 2);
      for (const { now } of arms) {
        seen += now.seen * share;
        expected += now.expected * share;
      }
    }
    const pairs = length === "windows" ? counted / WINDOW : counted;
    const doubt = isShown ? 1 + 2 * Math.sqrt(2 / (1 + pairs)) : 1;
    most = Math.max(most, seen / expected / doubt);
  }
  return most + Math.max(0, most - CLUSTERED);
}

/** Nothing bad was ever counted: so it is for most of what is counted of most versions. */
function isStill({ samples, checks, windows, now }: Scatter): boolean {
  return samples === USUAL && checks === USUAL && windows === USUAL && now === NOTHING;
}
