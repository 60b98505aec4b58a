// What the samples of one check say together: counts of both arms, by kind of request where both tell kinds.

import type { Histogram } from "../base/histogram.ts";
import type { Table } from "./ratio.ts";
import type { Arm, Sample, Stratum } from "./sample.ts";

/** What one kind of request did in both arms. */
export interface Kind {
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
  /** By kind, of the samples in which both arms were measured; `""` is what has no kind. */
  readonly kinds: ReadonlyMap<string, Kind>;
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
  const weights = samples.map(({ weight }) => weight);
  const weight = weights.at(-1) ?? 0;
  const told = samples.filter(both).filter((sample) => isAlike(sample.weight, weight));
  const byClients = samples.every(
    ({ canary, baseline }) => tellsClients(canary) && tellsClients(baseline),
  );
  return {
    weight,
    steady: weights.every((weight) => weight === weights[0]),
    canary: measured(samples, ({ canary }) => canary, byClients),
    baseline: measured(samples, ({ baseline }) => baseline, byClients),
    kinds: kindsOf(told, { byClients, known }),
    database: table(told, ({ dbOperations, dbErrors }) =>
      dbOperations === undefined ? null : [dbOperations, Math.min(dbErrors ?? 0, dbOperations)],
    ),
    cacheMisses: table(told, ({ requests, cacheHits }) =>
      cacheHits === undefined ? null : [requests, Math.max(0, requests - cacheHits)],
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

type Both = Sample & { readonly canary: Arm; readonly baseline: Arm };

function both(sample: Sample): sample is Both {
  return sample.canary !== null && sample.baseline !== null;
}

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
  pick: (sample: Sample) => Arm | null,
  byClients: boolean,
): Measured | null {
  const each: { all: number; bad: number }[] = [];
  let [requests, bad, errors] = [0, 0, 0];
  let [operations, operationsFailed, probes, probesFailed] = [0, 0, 0, 0];
  let cpu: number | null = null;
  let memory: number | null = null;
  for (const sample of samples) {
    const arm = pick(sample);
    if (arm === null) continue;
    const one = { all: arm.requests, bad: badOf(arm, byClients) };
    each.push(one);
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
  const done = { operations, operationsFailed, probes, probesFailed };
  return { requests, bad, errors, each, ...done, cpu, memory };
}

function table(
  samples: readonly Both[],
  of: (arm: Arm) => readonly [number, number] | null,
): Table {
  const sum = { canary: 0, canaryBad: 0, baseline: 0, baselineBad: 0 };
  for (const { canary, baseline } of samples) {
    const [mine, other] = [of(canary), of(baseline)];
    if (mine === null || other === null) continue;
    sum.canary += mine[0];
    sum.canaryBad += mine[1];
    sum.baseline += other[0];
    sum.baselineBad += other[1];
  }
  return sum;
}

interface Counting {
  readonly errors: { canary: number; canaryBad: number; baseline: number; baselineBad: number };
  readonly canary: Histogram[];
  readonly baseline: Histogram[];
}

function kindsOf(
  samples: readonly Both[],
  { byClients, known }: { byClients: boolean; known: (kind: string) => boolean },
): ReadonlyMap<string, Kind> {
  const kinds = new Map<string, Counting>();
  for (const sample of samples) {
    const tell = sample.canary.strata !== undefined && sample.baseline.strata !== undefined;
    for (const role of ["canary", "baseline"] as const) {
      const arm = sample[role];
      const share = arm.errors > 0 ? badOf(arm, byClients) / arm.errors : 1;
      const parts = tell ? partsOf(arm) : [["", arm] as const];
      for (const [name, part] of parts) count(place(kinds, name, known), role, { part, share });
    }
  }
  return kinds;
}

/** Where a kind is counted; one too many counts with what has no kind. */
function place(
  kinds: Map<string, Counting>,
  name: string,
  known: (kind: string) => boolean,
): Counting {
  const isKept = name === "" || known(name) || kinds.has(name) || kinds.size < MOST_KINDS;
  const key = isKept ? name : "";
  const found = kinds.get(key);
  if (found !== undefined) return found;
  const errors = { canary: 0, canaryBad: 0, baseline: 0, baselineBad: 0 };
  const made: Counting = { errors, canary: [], baseline: [] };
  kinds.set(key, made);
  return made;
}

function count(
  kind: Counting,
  role: "canary" | "baseline",
  { part, share }: { part: Stratum; share: number },
): void {
  kind.errors[role] += part.requests;
  kind.errors[`${role}Bad`] += part.errors * share;
  if (part.latency.length > 0) kind[role].push(part.latency);
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
