/** Seeded chance: mulberry32, and the draws that traffic is made of. */
export interface Chance {
  /** At least 0, below 1. */
  next(): number;
  poisson(mean: number): number;
  binomial(size: number, share: number): number;
  /** 1 or more, with this mean. */
  geometric(mean: number): number;
  exponential(mean: number): number;
  normal(): number;
}

/** Above this mean, counts are drawn as rounded normal ones. */
const MANY = 40;

export function chance(seed: number): Chance {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  const normal = (): number =>
    Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  const poisson = (mean: number): number => {
    if (mean <= 0) return 0;
    if (mean > MANY) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal()));
    let [count, left, law] = [0, next(), Math.exp(-mean)];
    while (left >= law && law > 0) {
      left -= law;
      count += 1;
      law *= mean / count;
    }
    return count;
  };
  const binomial = (size: number, share: number): number => {
    if (size <= 0 || share <= 0) return 0;
    if (share >= 1) return size;
    if (share > 0.5) return size - binomial(size, 1 - share);
    const mean = size * share;
    if (mean > MANY) {
      const drawn = Math.round(mean + Math.sqrt(mean * (1 - share)) * normal());
      return Math.min(size, Math.max(0, drawn));
    }
    const odds = share / (1 - share);
    let [count, left, law] = [0, next(), (1 - share) ** size];
    while (left >= law && count < size) {
      left -= law;
      law *= (odds * (size - count)) / (count + 1);
      count += 1;
    }
    return count;
  };
  const geometric = (mean: number): number =>
    mean <= 1 ? 1 : 1 + Math.floor(Math.log(1 - next()) / Math.log(1 - 1 / mean));
  const exponential = (mean: number): number => -mean * Math.log(1 - next());
  return { next, poisson, binomial, geometric, exponential, normal };
}
