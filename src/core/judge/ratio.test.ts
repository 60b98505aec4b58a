import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { METRICS } from "./metrics.ts";
import { rateLogs, ratioLogs, type Table } from "./ratio.ts";

const { errors } = METRICS;
const table = (
  canary: number,
  canaryBad: number,
  baseline: number,
  baselineBad: number,
): Table => ({
  ...{ canary, canaryBad, baseline, baselineBad },
});

/** Chances of x of m bad ones on the canary where its odds are `odds` times the baseline's (Fisher's law). */
function law(canary: number, baseline: number, bad: number, odds: number): number[] {
  const logs = Array.from({ length: bad + 1 }, (_, x) =>
    x > canary || bad - x > baseline
      ? Number.NEGATIVE_INFINITY
      : choose(canary, x) + choose(baseline, bad - x) + x * Math.log(odds),
  );
  const most = Math.max(...logs);
  const weights = logs.map((log) => Math.exp(log - most));
  const sum = weights.reduce((a, b) => a + b, 0);
  return weights.map((weight) => weight / sum);
}

function choose(n: number, k: number): number {
  let log = 0;
  for (let i = 0; i < k; i += 1) log += Math.log((n - i) / (k - i));
  return log;
}

type Against = { readonly ratios: readonly number[]; readonly allowance: number };

/** The largest mean of all factors, where so many are bad in all and the canary's odds are `odds` times as high. */
function meanOf(metric: Against, { canary, baseline, bad, odds }: Record<string, number>): number {
  const [n = 0, other = 0, m = 0] = [canary, baseline, bad];
  const means = metric.ratios.map(() => 0);
  for (const [x, chance] of law(n, other, m, odds ?? 1).entries()) {
    const logs = chance > 0 ? ratioLogs([table(n, x, other, m - x)], metric, 1) : [];
    logs?.forEach((log, at) => {
      means[at] = (means[at] ?? 0) + chance * Math.exp(log);
    });
  }
  return Math.max(...means);
}

test("a factor has a mean of at most 1 wherever the canary is not worse than allowed: 900 combinations", () => {
  const sizes = [1, 3, 10, 50, 400];
  const cases = sizes.flatMap((canary) =>
    sizes.flatMap((baseline) =>
      [1, 2, 5, 20]
        .filter((bad) => bad <= canary + baseline)
        .map((bad) => ({ canary, baseline, bad })),
    ),
  );
  for (const metric of [errors, METRICS["gross errors"], METRICS.database])
    for (const odds of [0.3, 1, metric.allowance])
      for (const one of cases) {
        const mean = meanOf(metric, { ...one, odds });
        assert.ok(mean <= 1 + 1e-9, `${JSON.stringify(one)} ${odds}: ${mean}`);
      }
});

test("one more error of the canary never lowers the evidence, one more of the baseline never raises it", () => {
  const count = fc.integer({ min: 0, max: 500 });
  fc.assert(
    fc.property(count, count, count, count, (a, b, x, y) => {
      const [canary, baseline] = [a + x + 1, b + y + 1];
      const at = (mine: number, other: number) =>
        ratioLogs([table(canary, mine, baseline, other)], errors, 1) ?? [];
      at(x + 1, y).forEach((log, index) => {
        assert.ok(log >= (at(x, y)[index] ?? 0) - 1e-9);
      });
      at(x, y + 1).forEach((log, index) => {
        assert.ok(log <= (at(x, y)[index] ?? 0) + 1e-9);
      });
    }),
  );
});

test("the order of the kinds changes nothing; a kind of which one arm had nothing says nothing", () => {
  const kinds = [table(100, 3, 900, 2), table(7, 0, 50, 4), table(60, 2, 60, 2)];
  const round = (logs: readonly number[] | null) => logs?.map((log) => log.toFixed(9));
  assert.deepEqual(
    round(ratioLogs(kinds, errors, 1)),
    round(ratioLogs(kinds.toReversed(), errors, 1)),
  );
  assert.deepEqual(
    ratioLogs([...kinds, table(0, 0, 50, 9)], errors, 1),
    ratioLogs(kinds, errors, 1),
  );
  assert.equal(ratioLogs([table(0, 0, 50, 9), table(9, 9, 0, 0)], errors, 1), null);
});

test("a shift of the mix says nothing by kinds, though the totals would", () => {
  // The canary has mostly the kind that fails ten times as often.
  const kinds = [table(100, 1, 900, 9), table(900, 90, 100, 10)];
  const whole = [table(1000, 91, 1000, 19)];
  assert.ok(Math.max(...(ratioLogs(kinds, errors, 1) ?? [])) < 0);
  assert.ok(Math.max(...(ratioLogs(whole, errors, 1) ?? [])) > 10);
});

test("alone: the mean is at most 1 as long as no more than usual fails, exactly 1 at the usual share", () => {
  const usual = 0.01;
  for (const share of [0, 0.003, 0.01]) {
    for (const [index, ratio] of METRICS.alone.ratios.entries()) {
      const of = (bad: number) =>
        Math.exp(rateLogs({ all: 1, bad }, { ratios: [ratio], usual }, 1)?.[0] ?? 0);
      const mean = share * of(1) + (1 - share) * of(0);
      assert.ok(mean <= 1 + 1e-12, `${index} ${share} ${mean}`);
      if (share === usual) assert.ok(Math.abs(mean - 1) < 1e-12);
    }
  }
});
