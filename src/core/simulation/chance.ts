/** Chance from a seed: mulberry32 (T. Ettinger, public domain), one draw from 0 up to 1 at a time. */
export interface Chance {
  readonly draw: () => number;
  /** True in this share of the draws. */
  readonly is: (share: number) => boolean;
  readonly upTo: (most: number) => number;
  readonly one: <Item>(items: readonly [Item, ...Item[]]) => Item;
  readonly some: <Item>(items: readonly Item[]) => Item[];
}

export function chanceFrom(seed: number): Chance {
  let state = seed >>> 0;
  const draw = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const upTo = (most: number) => Math.floor(draw() * (most + 1));
  return {
    draw,
    upTo,
    is: (share) => draw() < share,
    one: (items) => items[upTo(items.length - 1)] ?? items[0],
    some: (items) => items.filter(() => draw() < 0.5),
  };
}
