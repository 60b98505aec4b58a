/**
 * A list with one more at its end: the same list, but for an empty one. The first push to an empty list makes room for
 * seventeen, and most lists that a look at the traffic makes hold one.
 */
export function appended<Item>(list: Item[], item: Item): Item[] {
  if (list.length === 0) return [item];
  list.push(item);
  return list;
}
