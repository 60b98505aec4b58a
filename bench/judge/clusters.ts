// Failures one by one, or in clusters: a client that tries again fails again, now and in the seconds that follow.
import type { Chance } from "./chance.ts";

export interface Clusters {
  /** How often a client fails: about so many times (geometric), or anything between two numbers. */
  readonly size: number | readonly [least: number, most: number];
  /** Seconds from its first failure to its last: none, or anything between two numbers. */
  readonly spread?: readonly [least: number, most: number];
  /** Failing clients are told apart. */
  readonly clients?: boolean;
  /** Tries come on top of the usual requests; else they are among them. */
  readonly adds?: boolean;
}

export interface Failed {
  readonly errors: number;
  /** All requests, with the tries that come on top. */
  readonly all: number;
  readonly clients: number;
}

/**
 * What fails of an arm's requests, second by second.
 * @returns of so many requests: those of which `usual` fail come in clusters, what is bad beyond that fails one by one
 */
export function failures(
  clusters: Clusters | undefined,
  random: Chance,
): (requests: number, shares: { bad: number; usual: number }) => Failed {
  if (clusters === undefined) {
    return (requests, { bad }) => {
      const errors = random.binomial(requests, bad);
      return { errors, all: requests, clients: errors };
    };
  }
  const mean =
    typeof clusters.size === "number" ? clusters.size : (clusters.size[0] + clusters.size[1]) / 2;
  const coming: Coming = { tries: [], clients: [] };
  return (requests, { bad, usual }) => {
    const troubles = random.poisson((requests * Math.min(bad, usual)) / mean);
    for (let trouble = 0; trouble < troubles; trouble += 1) tryAgain(coming, clusters, random);
    const [failed, failing] = [coming.tries.shift() ?? 0, coming.clients.shift() ?? 0];
    const alone = random.binomial(requests, Math.max(0, bad - usual));
    const all = clusters.adds ? requests + failed : requests;
    const errors = Math.min(all, failed + alone);
    return { errors, all, clients: Math.min(errors, failing + alone) };
  };
}

/** Tries and failing clients of the coming seconds. */
interface Coming {
  readonly tries: number[];
  readonly clients: number[];
}

/** One client fails, now and in the seconds that follow. */
function tryAgain({ tries, clients }: Coming, { size, spread }: Clusters, random: Chance): void {
  const all =
    typeof size === "number"
      ? random.geometric(size)
      : size[0] + Math.floor(random.next() * (size[1] - size[0] + 1));
  const begin = random.next();
  const length = spread ? spread[0] + random.next() * (spread[1] - spread[0]) : 0;
  const seconds = new Set<number>();
  for (let index = 0; index < all; index += 1) {
    const gap = spread && index > 0 ? random.next() * length : 0;
    const second = spread ? Math.floor(begin + gap) : 0;
    tries[second] = (tries[second] ?? 0) + 1;
    seconds.add(second);
  }
  for (const second of seconds) clients[second] = (clients[second] ?? 0) + 1;
}
