// One objective of an SLO as an objective of a policy, in the words a policy's author would have written.
import type { Json } from "#core/base/canonical.ts";
import { listed } from "#core/base/words.ts";
import type { Path } from "../problem.ts";
import type { SloObjective, SloSpec } from "./shape.ts";

/** What an indicator measures. OpenSLO leaves the queries to the tools, so a document says it in an annotation. */
const MEASURE = "holdpoint/measure";
/** What the `value` of a latency counts. */
const UNIT = "holdpoint/unit";

/** What an SLO says, with what it refers to in its place. */
export interface SloSaid {
  readonly spec: SloSpec;
  readonly annotations: Readonly<Record<string, string>>;
  readonly metric: "ratio" | "threshold";
}

export type Wrong = (path: Path, sentence: string, remedy: string) => void;

type Said = { readonly [key: string]: Json };
type Translate = (objective: SloObjective, said: SloSaid, wrong: Wrong) => Said | null;

/** Each measure: its indicator, how its budget may count, and what becomes of it. */
const MEASURES: Readonly<
  Record<
    string,
    {
      readonly metric: SloSaid["metric"];
      readonly methods: readonly SloSpec["budgetingMethod"][];
      readonly translate: Translate;
    }
  >
> = {
  success: ratio((target) => ({ measure: "success", least: percent(target) })),
  "cache-hits": ratio((target) => ({ measure: "cache-hits", least: percent(target) })),
  "error-rate": ratio((target) => ({ measure: "error-rate", most: percent(10_000 - target) })),
  "database-error-rate": ratio((target) => ({
    measure: "database-error-rate",
    most: percent(10_000 - target),
  })),
  availability: {
    metric: "ratio",
    methods: ["Timeslices"],
    translate: (objective, _, wrong) => {
      const [target, answered] = [targetOf(objective, wrong), slicesOf(objective, wrong)];
      if (target === null || answered === null) return null;
      return {
        measure: "availability",
        least: percent(target),
        answered: percent(answered),
      };
    },
  },
  latency: { metric: "threshold", methods: ["Occurrences"], translate: latency },
  cpu: { metric: "threshold", methods: ["Timeslices"], translate: load("cpu") },
  memory: { metric: "threshold", methods: ["Timeslices"], translate: load("memory") },
};

/** The objective, in a policy's words; null where it cannot be kept, with the reasons told to `wrong`. */
export function translate(objective: SloObjective, said: SloSaid, wrong: Wrong): Said | null {
  const named = said.annotations[MEASURE];
  const measure = named !== undefined && Object.hasOwn(MEASURES, named) ? MEASURES[named] : null;
  const known = listed(Object.keys(MEASURES), "or");
  if (measure === null || measure === undefined) {
    const sentence =
      named === undefined
        ? "nothing says what its indicator measures"
        : `the annotation ${MEASURE} names no measure`;
    wrong([], sentence, `Add the annotation \`${MEASURE}\`: ${known}`);
    return null;
  }
  const { metric, methods } = measure;
  if (metric !== said.metric) {
    wrong([], `${named} wants a ${metric}Metric`, `Use \`${metric}Metric\` in its indicator`);
    return null;
  }
  if (!methods.includes(said.spec.budgetingMethod)) {
    const way = listed(methods, "or");
    wrong(["budgetingMethod"], `the budget of ${named} counts by ${way}`, `Write ${way}`);
    return null;
  }
  if (metric === "ratio" && (objective.op !== undefined || objective.value !== undefined)) {
    wrong(["value"], "op and value are for a thresholdMetric", "Leave them out");
    return null;
  }
  return measure.translate(objective, said, wrong);
}

function ratio(of: (target: number) => Said) {
  const translate: Translate = (objective, { spec }, wrong) => {
    const target = targetOf(objective, wrong);
    if (target === null) return null;
    const byMinutes = spec.budgetingMethod === "RatioTimeslices";
    if (byMinutes && !isMinute(objective, wrong)) return null;
    return byMinutes ? { ...of(target), weigh: "minutes" } : of(target);
  };
  return {
    metric: "ratio",
    methods: ["Occurrences", "RatioTimeslices"],
    translate,
  } as const;
}

const PERCENTILES: Readonly<Record<number, string>> = { 5000: "p50", 9500: "p95", 9900: "p99" };
const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000 };

function latency(objective: SloObjective, { annotations }: SloSaid, wrong: Wrong): Said | null {
  const value = mostOf(objective, wrong);
  const target = targetOf(objective, wrong);
  if (value === null || target === null) return null;
  const measure = PERCENTILES[target];
  if (measure === undefined) {
    wrong(["target"], "latencies are promised for p50, p95 or p99", "Use 0.5, 0.95 or 0.99");
    return null;
  }
  const unit = UNITS[annotations[UNIT] ?? ""];
  if (unit === undefined) {
    wrong(
      ["value"],
      "nothing says what the value counts",
      `Add the annotation \`${UNIT}\`: ms or s`,
    );
    return null;
  }
  const millis = Math.round(value * unit * 1000) / 1000;
  if (millis > 0 && millis < 1e6) return { measure, most: `${millis} ms` };
  wrong(["value"], "a latency is above 0 and below 1000 s", "Use another value or unit");
  return null;
}

function load(measure: "cpu" | "memory"): Translate {
  return (objective, _, wrong) => {
    const value = mostOf(objective, wrong);
    const target = targetOf(objective, wrong);
    if (value === null || target === null || slicesOf(objective, wrong) === null) return null;
    const most = Math.round(value * 100);
    if (most > 0 && most <= 10_000)
      return { measure, most: percent(most), minutes: percent(target) };
    wrong(["value"], `${measure} is measured in per cent`, "Use a value up to 100");
    return null;
  };
}

/** The value that must not be passed. Latencies are counted in bins and loads in steps: `lt` is the same as `lte`. */
function mostOf({ op, value }: SloObjective, wrong: Wrong): number | null {
  if (value !== undefined && (op === "lte" || op === "lt")) return value;
  wrong(["op"], "a thresholdMetric has a value, and op lte or lt", "Write `op: lte` and `value:`");
  return null;
}

/** The target in basis points. */
function targetOf({ target, targetPercent }: SloObjective, wrong: Wrong): number | null {
  const told = [target, targetPercent === undefined ? undefined : targetPercent / 100];
  const [share, ...more] = told.filter((one) => one !== undefined);
  if (share === undefined || more.length > 0) {
    wrong([], "an objective has one of target and targetPercent", "Write one of them");
    return null;
  }
  const points = Math.round(share * 10_000);
  if (Math.abs(points - share * 10_000) < 1e-6) return points;
  wrong(["target"], "targets are told in steps of 0.01 %", "Round it");
  return null;
}

/** The share of a slice that must be good, in basis points, where slices are minutes. */
function slicesOf(objective: SloObjective, wrong: Wrong): number | null {
  if (!isMinute(objective, wrong)) return null;
  if (objective.timeSliceTarget !== undefined)
    return Math.round(objective.timeSliceTarget * 10_000);
  wrong([], "Timeslices want a timeSliceTarget", "Write what share of a slice must be good");
  return null;
}

function isMinute({ timeSliceWindow }: SloObjective, wrong: Wrong): boolean {
  if (timeSliceWindow === "1m" || timeSliceWindow === 1) return true;
  wrong(["timeSliceWindow"], "slices are minutes here", "Write `timeSliceWindow: 1m`");
  return false;
}

function percent(points: number): string {
  return `${points / 100} %`;
}
