// Streams of samples with everything that traffic does to a judge: drift, outages, a shift of the mix, errors in clusters,
// pauses of single machines, samples that get lost, and faults.
import type { Arm, Sample, Stratum } from "#core/judge/sample.ts";
import { type Chance, chance } from "./chance.ts";
import { type Clusters, failures } from "./clusters.ts";
import { latencies } from "./latency-law.ts";

/** What an arm does at a time. */
export interface Moment {
  /** Times as many requests as usual. */
  readonly traffic: number;
  /** Share of its requests that fail. */
  readonly errors: number;
  /** Times slower than usual: all requests, the slowest tenth, the slowest hundredth. */
  readonly scale: number;
  readonly tail: number;
  readonly end: number;
  /** Share of the database calls that fail, of the cache look-ups that hit; left out where it is not measured. */
  readonly database?: number;
  readonly hits?: number;
  readonly cpu?: number;
  readonly memory?: number;
  /** Chance that its health probe fails. */
  readonly probe?: number;
}

/** A kind of request. */
interface Kind {
  readonly name: string;
  /** Share of the requests at a time; 0 where the kind is not there. */
  readonly share: (t: number) => number;
  /** Times the errors and the latency of a usual request. */
  readonly errors?: number;
  readonly scale?: number;
  /** The canary's fault is in this kind alone. */
  readonly faulty?: boolean;
}

/** A machine that stands still now and then: all that it serves meanwhile is slow, or fails. */
interface Pauses {
  /** Seconds between two pauses of a machine, and how long each lasts. */
  readonly every: number;
  readonly lasts: number;
  readonly scale?: number;
  readonly errors?: number;
}

export interface Scene {
  /** Requests per second of both arms together, and the canary's share of them. */
  readonly rate: number;
  readonly weight: number | ((t: number) => number);
  readonly seconds?: number;
  /** Seconds before the exposure. */
  readonly history?: number;
  /** Seconds per sample: 1 as in a stream, 5 where nothing within a check matters. */
  readonly step?: number;
  /** What both arms do at a time, other than the usual. */
  readonly both?: (t: number) => Partial<Moment>;
  /** What the canary does besides. */
  readonly canary?: (t: number, both: Moment) => Partial<Moment>;
  /** Begin of a fault, in s, for the delay. */
  readonly from?: number;
  readonly clusters?: Clusters;
  readonly kinds?: readonly Kind[];
  readonly pauses?: Pauses;
  /** Traffic without latencies: quicker, where they do not matter. */
  readonly untimed?: boolean;
  /** The limits of a policy are armed too: health, database, ten times the latency. */
  readonly limits?: boolean;
  /** What becomes of a sample on its way; null where it is lost. */
  readonly spoil?: (sample: Sample, random: Chance) => Sample | null;
  readonly seed: number;
}

export const USUAL: Moment = { traffic: 1, errors: 0.001, scale: 1, tail: 1, end: 1 };
const WHOLE: readonly Kind[] = [{ name: "", share: () => 1, faulty: true }];

/** The samples of a scene, in order of time. */
export function* samplesOf(scene: Scene): Generator<Sample> {
  const { seconds = 3600, history = 600, step = 1, seed, spoil } = scene;
  const random = chance(seed);
  const arms = { baseline: armOf(scene, random), canary: armOf(scene, random) };
  for (let t = -history + step - 1; t < seconds; t += step) {
    const sample = sampleAt(t, scene, arms);
    const spoilt = spoil === undefined ? sample : spoil(sample, random);
    if (spoilt !== null) yield spoilt;
  }
}

type Doing = (t: number, share: number, moments: Moments) => Arm;

function sampleAt(
  t: number,
  { weight: given, both: shared, canary: own }: Scene,
  arms: { readonly baseline: Doing; readonly canary: Doing },
): Sample {
  const weight = t < 0 ? 0 : typeof given === "number" ? given : given(t);
  const both: Moment = { ...USUAL, ...shared?.(t) };
  const baseline = weight < 1 ? arms.baseline(t, 1 - weight, { both, alone: both }) : null;
  if (t < 0) return { t, weight, baseline, canary: null };
  const alone = { ...both, ...own?.(t, both) };
  return { t, weight, baseline, canary: arms.canary(t, weight, { both, alone }) };
}

type Moments = { readonly both: Moment; readonly alone: Moment };

/** One arm: what it does in a second, at a share of the traffic. */
function armOf(
  { rate, step = 1, kinds = WHOLE, clusters, pauses, untimed }: Scene,
  random: Chance,
): Doing {
  const failing = kinds.map(() => failures(clusters, random));
  const pausing = pauses && pausesOf(pauses, random);
  return (t, share, { both, alone }) => {
    const paused = pausing?.(share) ?? 0;
    let clients = 0;
    const parts = kinds.map((kind, index) => {
      const moment = kind.faulty ? alone : both;
      const expected = rate * step * share * kind.share(t) * moment.traffic;
      const requests = random.poisson(expected);
      const bad = Math.min(1, moment.errors * (kind.errors ?? 1));
      const usual = both.errors * (kind.errors ?? 1);
      const failed = failing[index]?.(requests, { bad, usual }) ?? {
        errors: 0,
        all: 0,
        clients: 0,
      };
      clients += failed.clients;
      const still = random.binomial(requests, paused);
      const errors = Math.min(
        failed.all,
        failed.errors + random.binomial(still, pauses?.errors ?? 0),
      );
      const slower = { ...moment, scale: moment.scale * (kind.scale ?? 1) };
      const slow = { ...slower, scale: slower.scale * (pauses?.scale ?? 1) };
      const latency = untimed
        ? []
        : merge(latencies(failed.all - still, slower, random), latencies(still, slow, random));
      return { requests: failed.all, errors, latency };
    });
    const whole = kinds.length > 1 ? sumOf(parts, kinds) : parts[0];
    const arm = whole ?? { requests: 0, errors: 0, latency: [] };
    return {
      ...arm,
      ...(clusters?.clients ? { failingClients: Math.min(clients, arm.errors) } : {}),
      ...measures(alone, arm, random),
    };
  };
}

function measures(
  { database, hits, cpu, memory, probe }: Moment,
  { requests }: Stratum,
  random: Chance,
): Partial<Arm> {
  return {
    ...(database === undefined
      ? {}
      : { dbOperations: requests * 2, dbErrors: random.binomial(requests * 2, database) }),
    ...(hits === undefined ? {} : { cacheHits: random.binomial(requests, hits) }),
    ...(cpu === undefined ? {} : { cpu: Math.min(100, Math.max(0, cpu + 3 * random.normal())) }),
    ...(memory === undefined ? {} : { memory }),
    ...(probe === undefined ? {} : { probes: 1, probesFailed: random.next() < probe ? 1 : 0 }),
  };
}

function sumOf(parts: readonly Stratum[], kinds: readonly Kind[]): Arm {
  const strata: Record<string, Stratum> = {};
  parts.forEach((part, index) => {
    const { name = "", share } = kinds[index] ?? {};
    if (share !== undefined && (part.requests > 0 || part.errors > 0)) strata[name] = part;
  });
  return {
    requests: parts.reduce((sum, part) => sum + part.requests, 0),
    errors: parts.reduce((sum, part) => sum + part.errors, 0),
    latency: parts.reduce<Arm["latency"]>((sum, part) => merge(sum, part.latency), []),
    strata,
  };
}

/** How much of an arm's traffic meets a machine that stands still; twenty machines serve all of it. */
function pausesOf({ every, lasts }: Pauses, random: Chance): (share: number) => number {
  const MACHINES = 20;
  const until: number[] = [];
  let now = 0;
  return (share) => {
    now += 1;
    const machines = Math.max(1, Math.round(MACHINES * share));
    let still = 0;
    for (let machine = 0; machine < machines; machine += 1) {
      if ((until[machine] ?? 0) > now) still += 1;
      else if (random.next() < 1 / every) until[machine] = now + lasts;
    }
    return still / machines;
  };
}

function merge(one: Arm["latency"], other: Arm["latency"]): Arm["latency"] {
  if (other.length === 0) return one;
  if (one.length === 0) return other;
  const bins = new Map(one);
  for (const [bin, count] of other) bins.set(bin, (bins.get(bin) ?? 0) + count);
  return [...bins].toSorted(([a], [b]) => a - b);
}
