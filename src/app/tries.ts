import type { Release } from "#core/release/state.ts";

/** Enough for any version; more would be a loop of a machine. */
const MOST_TRIES = 1000;

interface Try {
  readonly id: string;
  /** Null where nothing was planned under this id yet. */
  readonly release: Release | null;
}

/**
 * The latest try of a version. A release that was aborted never opens again, but its number was never seen by anybody and
 * is to be released all the same: the next one of it has an id of its own, `shop-1.4.0-try-2`.
 *
 * @param first the id of the first try
 * @param load a release of the store, by its id
 */
export async function latestTry(
  first: string,
  load: (release: string) => Promise<{ readonly release: Release } | null>,
): Promise<Try> {
  for (let number = 1; number <= MOST_TRIES; number += 1) {
    const id = number === 1 ? first : `${first}-try-${number}`;
    const release = (await load(id))?.release ?? null;
    const isAborted = release?.stand.at === "ended" && release.stand.how === "aborted";
    if (!isAborted) return { id, release };
  }
  throw new Error(`${first} was aborted ${MOST_TRIES} times`);
}
