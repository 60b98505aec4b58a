// What is judged, how much each metric is worth, and which alternatives it is tested against. The figures are chosen in
// docs/decisions/0016-one-chance-over-all-metrics.md.
import { type Tilt, tiltOf } from "./latency.ts";
import { shares } from "./process.ts";

/** How cells change when all requests are slower (by the normal scores of the cells), when a tail is, when its end is. */
const ALL = [-0.8, 0.32, 0.95, 1.45, 1.95, 2.67];
const TAIL = [0, 0, 0, 0, 1, 1.4];
const END = [0, 0, 0, 0, 0, 1];

function tilts(
  ...ways: readonly (readonly [readonly number[], readonly number[]])[]
): readonly Tilt[] {
  return ways.flatMap(([scores, powers]) =>
    powers.map((power) => tiltOf(scores.map((score) => power * score))),
  );
}

/** The metrics that can turn a release back, what each is worth, and the alternatives it is tested against. */
export const METRICS = {
  /** Bad share of the canary over that of the baseline; 5 % more is nobody's business. */
  errors: {
    worth: 0.56,
    allowance: 1.05,
    ratios: [1.5, 2, 3, 5, 10, 30, 100, 1000],
    weights: shares([10, 14, 14, 14, 14, 8, 4, 2]),
  },
  "gross errors": { worth: 0.04, allowance: 10, ratios: [3, 10, 50], weights: shares([1, 1, 1]) },
  latency: {
    worth: 0.24,
    tilts: tilts([ALL, [0.15, 0.3, 0.6, 1.2, 3]], [TAIL, [0.25, 0.5, 1.1]], [END, [0.7, 2.2]]),
    weights: shares([1, 5, 3, 3, 1, 1, 5, 2, 1, 4]),
  },
  "gross latency": {
    worth: 0.03,
    tilts: tilts([ALL, [0.5, 1.5]], [TAIL, [1, 3]]),
    weights: shares([1, 1, 1, 1]),
  },
  database: {
    worth: 0.07,
    allowance: 1.5,
    ratios: [1.5, 2, 3, 5, 10, 30, 100, 1000],
    weights: shares([1, 1, 1, 1, 1, 1, 1, 1]),
  },
  /** The canary alone, once it has all of the traffic. */
  alone: { worth: 0.06, ratios: [1.5, 3, 10, 50], weights: shares([1, 1, 1, 1]) },
} as const;
export type Metric = keyof typeof METRICS;

/** The cache: a cold one misses more at first, so it only holds, and only after three minutes. */
export const CACHE = {
  allowance: 1.8,
  ratios: [1.3, 2, 5],
  weights: shares([1, 1, 1]),
  after: 180,
} as const;
