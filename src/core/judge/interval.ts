// What the samples of one check say together: counts of both arms, by kind of request where both tell kinds.

import type { Histogram } from "../base/histogram.ts";
import { appended } from "../base/list.ts";
import type { Table } from "./ratio.ts";
import type { Arm, Sample, Stratum } from "./sample.ts";

/** What one kind of request did in both arms. */
export interface Kind {
  /** `""` is what has no kind. */
  readonly name: string;
  readonly errors: Table;
  /** Of each sample on its own: they are counted together, never averaged. */
  readonly canary: readonly Histogram[];
  readonly baseline: readonly Histogram[];
}

export interface Interval {
  readonly weight: number;
  /** The weight was the same in all its samples. */
  readonly steady: boolean;
  /** All that was measured of an arm, whether or not the other one was; null where nothing was. */
  readonly canary: Measured | null;
  readonly baseline: Measured | null;
  /** Of the samples in which both arms were measured; each name once. */
  readonly kinds: readonly Kind[];
  readonly database: Table;
  readonly cacheMisses: Table;
}

export interface Measured {
  readonly requests: number;
  /** Distinct failing clients where all samples with errors tell them, else errors. */
  readonly bad: number;
  readonly errors: number;
  /** `bad` of each sample on its own, for the scatter. */
  readonly each: readonly { readonly all: number; readonly bad: number }[];
  readonly operations: number;
  readonly operationsFailed: number;
  readonly probes: number;
  readonly probesFailed: number;
  /** The latest. */
  readonly cpu: number | null;
  readonly memory: number | null;
}

/** Kinds beyond these count as one: what is kept of each must not grow without end. */
export const MOST_KINDS = 50;

export function intervalOf(samples: readonly Sample[], known: (kind: string) => boolean): Interval {
  const weight = samples.at(-1)?.weight ?? 0;
  const told = toldUnder(weight, samples);
  const byClients = samples.every(
    ({ canary, baseline }) => tellsClients(canary) && tellsClients(baseline),
  );
  return {
    weight,
    steady: samples.every((sample) => sample.weight === weight),
    canary: measured(samples, "canary", byClients),
    baseline: measured(samples, "baseline", byClients),
    kinds: kindsOf(told, { byClients, known }),
    database: table(
      told,
      ({ dbOperations }) => dbOperations,
      ({ dbOperations = 0, dbErrors = 0 }) => Math.min(dbErrors, dbOperations),
    ),
    cacheMisses: table(
      told,
      ({ requests, cacheHits }) => (cacheHits === undefined ? undefined : requests),
      ({ requests, cacheHits = 0 }) => Math.max(0, requests - cacheHits),
    ),
  };
}

/** Weights that differ by less compare as one: a share that grows slowly does no harm. */
const ALIKE = 0.2;

/**
 * Counts under different weights must not be added: whatever changes with the weight would seem to be the canary's
 * (Simpson's paradox). So only what came under the latest weight of a check is compared.
 */
function isAlike(weight: number, latest: number): boolean {
  const odds = (share: number) => share / Math.max(1 - share, 1e-9);
  return Math.abs(odds(weight) - odds(latest)) <= ALIKE * odds(latest);
}

/** Samples that tell of both arms under this weight. */
function toldUnder(weight: number, samples: readonly Sample[]): readonly Both[] {
  const isTold = (sample: Sample): sample is Both =>
    sample.canary !== null && sample.baseline !== null && isAlike(sample.weight, weight);
  return samples.every(isTold) ? samples : samples.filter(isTold);
}

type Both = Sample & { readonly canary: Arm; readonly baseline: Arm };

/** Who fails without a failing client has not told them. */
function tellsClients(arm: Arm | null): boolean {
  return arm === null || arm.errors === 0 || (arm.failingClients ?? 0) > 0;
}

function badOf(arm: Arm, byClients: boolean): number {
  return byClients && arm.failingClients !== undefined
    ? Math.min(arm.failingClients, arm.errors)
    : arm.errors;
}

function measured(
  samples: readonly Sample[],
  which: "canary" | "baseline",
  byClients: boolean,
): Measured | null {
  let each: { all: number; bad: number }[] = [];
  let [requests, bad, errors] = [0, 0, 0];
  let [operations, operationsFailed, probes, probesFailed] = [0, 0, 0, 0];
  let cpu: number | null = null;
  let memory: number | null = null;
  for (const sample of samples) {
    const arm = sample[which];
    if (arm === null) continue;
    const one = { all: arm.requests, bad: badOf(arm, byClients) };
    each = appended(each, one);
    requests += one.all;
    bad += one.bad;
    errors += arm.errors;
    operations += arm.dbOperations ?? 0;
    operationsFailed += arm.dbErrors ?? 0;
    probes += arm.probes ?? 0;
    probesFailed += arm.probesFailed ?? 0;
    cpu = arm.cpu ?? cpu;
    memory = arm.memory ?? memory;
  }
  if (each.length === 0) return null;
  return {
    requests,
    bad,
    errors,
    each,
    operations,
    operationsFailed,
    probes,
    probesFailed,
    cpu,
    memory,
  };
}

function table(
  samples: readonly Both[],
  all: (arm: Arm) => number | undefined,
  bad: (arm: Arm) => number,
): Table {
  const sum = { canary: 0, canaryBad: 0, baseline: 0, baselineBad: 0 };
  for (const { canary, baseline } of samples) {
    const [mine, other] = [all(canary), all(baseline)];
    if (mine === undefined || other === undefined) continue;
    sum.canary += mine;
    sum.canaryBad += bad(canary);
    sum.baseline += other;
    sum.baselineBad += bad(baseline);
  }
  return sum;
}

interface Counting {
  readonly name: string;
  readonly errors: { canary: number; canaryBad: number; baseline: number; baselineBad: number };
  canary: Histogram[];
  baseline: Histogram[];
}

function kindsOf(
  samples: readonly Both[],
  { byClients, known }: { byClients: boolean; known: (kind: string) => boolean },
): readonly Kind[] {
  const kinds: Counting[] = [];
  for (const sample of samples) {
    const tell = sample.canary.strata !== undefined && sample.baseline.strata !== undefined;
    for (const role of ["canary", "baseline"] as const) {
      const arm = sample[role];
      const share = arm.errors > 0 ? badOf(arm, byClients) / arm.errors : 1;
      if (!tell) count(place(kinds, "", known), role, { part: arm, share });
      else
        for (const [name, part] of partsOf(arm))
          count(place(kinds, name, known), role, { part, share });
    }
  }
  return kinds;
}

/** Where a kind is counted; one too many counts with what has no kind. */
function place(kinds: Counting[], name: string, known: (kind: string) => boolean): Counting {
  const found = kinds.find((one) => one.name === name);
  if (found !== undefined) return found;
  if (name !== "" && kinds.length >= MOST_KINDS && !known(name)) return place(kinds, "", known);
  const errors = { canary: 0, canaryBad: 0, baseline: 0, baselineBad: 0 };
  const made: Counting = { name, errors, canary: [], baseline: [] };
  kinds.push(made);
  return made;
}

function count(
  kind: Counting,
  role: "canary" | "baseline",
  { part, share }: { part: Stratum; share: number },
): void {
  const { errors } = kind;
  if (role === "canary") {
    errors.canary += part.requests;
    errors.canaryBad += part.errors * share;
  } else {
    errors.baseline += part.requests;
    errors.baselineBad += part.errors * share;
  }
  if (part.latency.length > 0) kind[role] = appended(kind[role], part.latency);
}

/** The kinds of an arm by name, and under `""` what is in none of them. */
function partsOf(arm: Arm): readonly (readonly [string, Stratum])[] {
  const parts = Object.entries(arm.strata ?? {});
  if (parts.length === 0) return [["", arm]];
  let [requests, errors] = [arm.requests, arm.errors];
  for (const [, part] of parts) {
    requests -= part.requests;
    errors -= part.errors;
  }
  const rest = Math.max(0, requests);
  if (rest === 0 && errors <= 0) return parts;
  return [
    ...parts,
    ["", { requests: rest, errors: Math.min(rest, Math.max(0, errors)), latency: [] }],
  ];
}
