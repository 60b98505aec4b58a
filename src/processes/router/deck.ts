/** All weights of a service together: a weight is a share in basis points, 0.01 %. */
export const WHOLE = 10_000;
/** Requests per round. Each round holds every version as often as its weight says, to one request. */
const ROUND = 100;

/** Draws an index of the weights. */
export type Deck = () => number;

/**
 * Deals requests to versions like cards: in any hundred requests each version gets its share to within one request, in
 * any ten thousand exactly its share. Within a hundred the order is left to chance, so that clients who ask in a
 * pattern (a page, then its script, then a page ...) meet both versions with either.
 * @param weights basis points, together 10,000
 * @param random a number from 0 up to but not including 1
 */
export function makeDeck(weights: readonly number[], random: () => number = Math.random): Deck {
  const owed = weights.map(() => 0);
  let cards: number[] = [];
  return () => {
    if (cards.length === 0) cards = deal(weights, owed);
    const drawn = Math.floor(random() * cards.length);
    const card = cards[drawn] ?? 0;
    const last = cards.pop();
    if (last !== undefined && drawn < cards.length) cards[drawn] = last;
    return card;
  };
}

/** The cards of one round. What a version is owed in parts of a card goes on to the next round. */
function deal(weights: readonly number[], owed: number[]): number[] {
  const unit = WHOLE / ROUND;
  const counts = weights.map((weight, index) => {
    owed[index] = (owed[index] ?? 0) + weight;
    const count = Math.max(0, Math.floor(owed[index] / unit));
    owed[index] -= count * unit;
    return count;
  });
  for (let left = ROUND - counts.reduce((sum, count) => sum + count, 0); left > 0; left--) {
    const most = owed.indexOf(Math.max(...owed));
    counts[most] = (counts[most] ?? 0) + 1;
    owed[most] = (owed[most] ?? 0) - unit;
  }
  return counts.flatMap((count, index) => Array.from({ length: count }, () => index));
}
