/** What comes before what: each name with those that come before it. */
type Graph = ReadonlyMap<string, readonly string[]>;

/**
 * One circle for each knot of a graph that says what comes before what, at most ten. From what waits forever, going back
 * ends in one.
 */
export function circles(before: Graph): readonly (readonly string[])[] {
  const found: (readonly string[])[] = [];
  let waiting = waitingForever(before);
  for (
    let [start] = waiting.keys();
    start !== undefined && found.length < 10;
    [start] = waiting.keys()
  ) {
    const circle = circleFrom(start, waiting);
    found.push(circle);
    waiting = waitingForever(new Map([...waiting].filter(([node]) => !circle.includes(node))));
  }
  return found;
}

/** The part of a graph that is left when nodes go as soon as all before them are gone (Kahn 1962). */
function waitingForever(before: Graph): Graph {
  const waits = new Map(
    [...before].map(([node, all]) => [node, all.filter((other) => before.has(other)).length]),
  );
  const after = new Map<string, string[]>();
  for (const [node, all] of before)
    for (const other of all) after.set(other, [...(after.get(other) ?? []), node]);
  const free = [...waits].filter(([, count]) => count === 0).map(([node]) => node);
  for (const node of free) {
    for (const next of after.get(node) ?? []) {
      const count = (waits.get(next) ?? 0) - 1;
      waits.set(next, count);
      if (count === 0) free.push(next);
    }
  }
  const gone = new Set(free);
  return new Map([...before].filter(([node]) => !gone.has(node)));
}

function circleFrom(start: string, waiting: Graph): readonly string[] {
  const way: string[] = [];
  let node: string | undefined = start;
  while (node !== undefined && !way.includes(node)) {
    way.push(node);
    node = waiting.get(node)?.find((other) => waiting.has(other));
  }
  return node === undefined ? way : way.slice(way.indexOf(node));
}
