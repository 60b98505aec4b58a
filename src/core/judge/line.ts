import { err, ok, type Result } from "../base/result.ts";
import type { Arm, Sample } from "./sample.ts";

/** Most characters of a line, seconds before or after the exposure, kinds of requests, and bins of a histogram. */
const MOST = { characters: 1_048_576, seconds: 1e12, kinds: 1000, bins: 2000 } as const;

/** A line that is no sample; its time, where that much is known: the second is then missing. */
export interface BadLine {
  readonly t: number | null;
  /** What is wrong and what was expected, without a full stop. */
  readonly why: string;
}

/**
 * Reads one line of a recorded stream: `{"t", "weight", "baseline", "canary"}` (sample.ts). The weight is a share up to 1,
 * per cent up to 100, basis points up to 10,000. An arm that is left out is missing. Fields that are not known are let be.
 */
export function readLine(text: string): Result<Sample, BadLine> {
  if (text.length > MOST.characters) return bad(null, "it is longer than 1 MiB");
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return bad(null, "it is not JSON");
  }
  if (!isObject(value)) return bad(null, "it is not an object");
  const { t, weight, baseline, canary } = value;
  if (typeof t !== "number" || !(Math.abs(t) <= MOST.seconds))
    return bad(null, "its t is not a number of seconds");
  if (typeof weight !== "number" || !(weight >= 0 && weight <= 10_000))
    return bad(t, "its weight is not a share, per cent or basis points");
  const wrong = wrongArm("baseline", baseline) ?? wrongArm("canary", canary);
  if (wrong !== null) return bad(t, wrong);
  return ok({
    t,
    weight: weight <= 1 ? weight : weight <= 100 ? weight / 100 : weight / 10_000,
    baseline: (baseline ?? null) as Arm | null,
    canary: (canary ?? null) as Arm | null,
  });
}

function bad(t: number | null, why: string): Result<never, BadLine> {
  return err({ t, why });
}

type Fields = { readonly [key: string]: unknown };

function isObject(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

const COUNTS = [
  "failingClients",
  "dbOperations",
  "dbErrors",
  "cacheHits",
  "probes",
  "probesFailed",
];
/** Of these pairs the first can never be more than the second. */
const PARTS = [
  ["dbErrors", "dbOperations"],
  ["probesFailed", "probes"],
] as const;

/** What cannot be true of an arm; null where nothing is wrong. */
function wrongArm(who: string, arm: unknown): string | null {
  if (arm === null || arm === undefined) return null;
  if (!isObject(arm)) return `its ${who} is no object`;
  return (
    wrongStratum(who, arm) ??
    wrongCounts(who, arm) ??
    wrongLoad(who, arm) ??
    wrongStrata(who, arm["strata"])
  );
}

function wrongCounts(who: string, arm: Fields): string | null {
  for (const key of COUNTS)
    if (arm[key] !== undefined && !isCount(arm[key])) return `the ${who}'s ${key} is not a count`;
  for (const [part, whole] of PARTS)
    if (Number(arm[part] ?? 0) > Number(arm[whole] ?? 0))
      return `the ${who} has more ${part} than ${whole}`;
  return null;
}

function wrongLoad(who: string, arm: Fields): string | null {
  for (const key of ["cpu", "memory"]) {
    const load = arm[key];
    const isLoad = typeof load === "number" && load >= 0;
    if (load !== undefined && load !== null && !isLoad)
      return `the ${who}'s ${key} is not per cent`;
  }
  return null;
}

function wrongStrata(who: string, strata: unknown): string | null {
  if (strata === undefined) return null;
  if (!isObject(strata)) return `the ${who}'s strata are no object`;
  const names = Object.keys(strata);
  if (names.length > MOST.kinds) return `the ${who} has more than ${MOST.kinds} strata`;
  for (const name of names) {
    const part = strata[name];
    const wrong = isObject(part)
      ? wrongStratum(`${who}'s stratum`, part)
      : "a stratum is no object";
    if (wrong !== null) return wrong;
  }
  return null;
}

function wrongStratum(who: string, { requests, errors, latency }: Fields): string | null {
  if (!isCount(requests)) return `the ${who}'s requests are not a count`;
  if (!isCount(errors)) return `the ${who}'s errors are not a count`;
  if (errors > requests) return `the ${who} has more errors than requests`;
  return wrongLatency(who, latency);
}

function wrongLatency(who: string, latency: unknown): string | null {
  if (!Array.isArray(latency)) return `the ${who}'s latency is not a list of [bin, count]`;
  if (latency.length > MOST.bins) return `the ${who} has more than ${MOST.bins} latency bins`;
  let before = Number.NEGATIVE_INFINITY;
  for (const entry of latency) {
    if (!Array.isArray(entry) || entry.length !== 2)
      return `the ${who}'s latency is not a list of [bin, count]`;
    const [bin, count] = entry;
    if (!Number.isSafeInteger(bin) || !isCount(count))
      return `the ${who}'s latency has a bin or a count that is not a whole number`;
    if (bin <= before) return `the ${who}'s latency bins do not rise`;
    before = bin;
  }
  return null;
}
