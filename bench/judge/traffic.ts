// Streams of samples with everything that traffic does to a judge: drift, outages, a shift of the mix, clusters, faults.
import { BIN, type Histogram } from "#core/base/histogram.ts";
import type { Arm, Sample } from "#core/judge/sample.ts";
import { type Chance, chance } from "./chance.ts";

/** Median in ms and sigma of a lognormal latency whose p95 is 228 ms. */
const MEDIAN = 100;
const SIGMA = 0.5;

interface Fault {
  /** Seconds after the exposure. */
  readonly from?: number;
  /** Share of errors of the canary. */
  readonly errors?: number;
  /** All of the canary's latencies times this. */
  readonly scale?: number;
  /** The slowest tenth of the canary's latencies times this. */
  readonly tail?: number;
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
  readonly fault?: Fault;
  /** Share of errors of both arms at a time, 0.1 % where it is left out. */
  readonly errors?: (t: number) => number;
  /** Mean size of the clusters that errors come in. */
  readonly cluster?: number;
  /** Clusters are told as one failing client each. */
  readonly clients?: boolean;
  /** Two kinds of requests, the second with ten times the errors; its share at a time. */
  readonly mix?: (t: number) => number;
  /** All latencies of both arms times this, at a time; 0 for traffic without latencies. */
  readonly slow?: ((t: number) => number) | null;
  readonly seed: number;
}

/** The samples of a scene, in order of time. */
export function* samplesOf(scene: Scene): Generator<Sample> {
  const { seconds = 3600, history = 600, step = 1, seed } = scene;
  const random = chance(seed);
  for (let t = -history + step - 1; t < seconds; t += step) {
    const weight = t < 0 ? 0 : typeof scene.weight === "number" ? scene.weight : scene.weight(t);
    const baseline = armOf(scene, { t, step, share: 1 - weight, isCanary: false, random });
    const canary = t < 0 ? null : armOf(scene, { t, step, share: weight, isCanary: true, random });
    yield { t, weight, baseline, canary };
  }
}

interface Moment {
  readonly t: number;
  readonly step: number;
  readonly share: number;
  readonly isCanary: boolean;
  readonly random: Chance;
}

function armOf(scene: Scene, moment: Moment): Arm {
  if (scene.mix === undefined) return partOf(scene, { ...moment, times: 1 });
  const second = scene.mix(moment.t);
  const [a, b] = [
    partOf(scene, { ...moment, share: moment.share * (1 - second), times: 1 }),
    partOf(scene, { ...moment, share: moment.share * second, times: 10 }),
  ];
  return {
    requests: a.requests + b.requests,
    errors: a.errors + b.errors,
    latency: [],
    strata: { browse: a, order: b },
  };
}

function partOf(scene: Scene, moment: Moment & { times: number }): Arm {
  const { t, step, share, isCanary, random, times } = moment;
  const { rate, fault, cluster = 1, errors = () => 0.001 } = scene;
  const isFaulty = isCanary && fault !== undefined && t >= (fault.from ?? 0);
  const requests = random.poisson(rate * share * step);
  const bad = isFaulty && fault.errors !== undefined ? fault.errors : errors(t) * times;
  const clusters = random.poisson((requests * bad) / cluster);
  let failed = 0;
  for (let index = 0; index < clusters; index += 1) failed += random.geometric(cluster);
  const counts = { requests: Math.max(requests, failed), errors: failed };
  const clients = scene.clients ? { failingClients: clusters } : {};
  if (scene.slow === null) return { ...counts, ...clients, latency: [] };
  const times100 = Math.round((scene.slow?.(t) ?? 1) * (isFaulty ? (fault.scale ?? 1) : 1) * 1000);
  const tail = isFaulty ? (fault.tail ?? 1) : 1;
  return {
    ...counts,
    ...clients,
    latency: latencies(requests, { scale: times100 / 1000, tail }, random),
  };
}

const laws = new Map<string, readonly (readonly [bin: number, share: number])[]>();

function latencies(
  requests: number,
  { scale, tail }: { scale: number; tail: number },
  random: Chance,
): Histogram {
  const key = `${scale}/${tail}`;
  const law = laws.get(key) ?? lawOf(scale, tail);
  laws.set(key, law);
  return law.flatMap(([bin, share]) => {
    const count = random.poisson(requests * share);
    return count > 0 ? [[bin, count] as const] : [];
  });
}

/** The share of each bin of a lognormal latency, from ten thousand points of its quantile function. */
function lawOf(scale: number, tail: number): readonly (readonly [number, number])[] {
  const POINTS = 10_000;
  const bins = new Map<number, number>();
  for (let index = 0; index < POINTS; index += 1) {
    const quantile = (index + 0.5) / POINTS;
    const millis =
      MEDIAN * scale * Math.exp(SIGMA * normalQuantile(quantile)) * (quantile > 0.9 ? tail : 1);
    const bin = Math.floor(Math.log(millis) / Math.log(BIN));
    bins.set(bin, (bins.get(bin) ?? 0) + 1 / POINTS);
  }
  return [...bins].toSorted(([a], [b]) => a - b);
}

/** The quantile function of the normal law (Acklam's approximation, error below 1.2e-9). */
function normalQuantile(p: number): number {
  const a = [
    -39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716,
    2.506628277459239,
  ];
  const b = [
    -54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972,
    -13.28068155288572, 1,
  ];
  const c = [
    -0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734,
    4.374664141464968, 2.938163982698783,
  ];
  const d = [0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416, 1];
  const sum = (list: readonly number[], x: number) =>
    list.reduce((total, one) => total * x + one, 0);
  if (p < 0.02425) {
    const q = Math.sqrt(-2 * Math.log(p));
    return sum(c, q) / sum(d, q);
  }
  if (p > 0.97575) return -normalQuantile(1 - p);
  const q = p - 0.5;
  return (sum(a, q * q) * q) / sum(b, q * q);
}
