// The shape of a history: who contains whom. Rows are places in a list that has children before their parents.
import type { CommitRecord } from "./reverts.ts";

export interface Graph {
  /** The row of a commit; undefined for one that is not in the history. */
  row(id: string): number | undefined;
  /** Rows of the parents that are in the history. */
  parents(row: number): readonly number[];
  /**
   * Rows reachable from one and not from others, newest first. Only what lies between them is walked, and a little of
   * what lies behind: as `git rev-list` does it, both sides are painted from the newest row on.
   */
  between(from: readonly number[], to: number): readonly number[];
  readonly length: number;
}

/** @param commits children before their parents */
export function graphOf(commits: readonly Pick<CommitRecord, "id" | "parents">[]): Graph {
  const rows = new Map(commits.map(({ id }, row) => [id, row]));
  const parents = commits.map((commit) => {
    const [first, second] = commit.parents;
    if (first === undefined) return NO_ROWS;
    const row = rows.get(first);
    if (second === undefined) return row === undefined ? NO_ROWS : [row];
    return commit.parents.flatMap((id) => rows.get(id) ?? []);
  });
  const paint = new Uint8Array(commits.length);
  return {
    length: commits.length,
    row: (id) => rows.get(id),
    parents: (row) => parents[row] ?? NO_ROWS,
    between: (from, to) => painted({ parents, paint }, from, to),
  };
}

const NO_ROWS: readonly number[] = [];
const WANTED = 1;
const LEFT_OUT = 2;

interface Canvas {
  readonly parents: readonly (readonly number[])[];
  readonly paint: Uint8Array;
}

function painted({ parents, paint }: Canvas, from: readonly number[], to: number): number[] {
  const queue = new RowQueue();
  const touched: number[] = [];
  let open = 0;
  const put = (row: number, colour: number) => {
    const before = paint[row] ?? 0;
    if ((before | colour) === before) return;
    paint[row] = before | colour;
    if (before === 0) {
      touched.push(row);
      queue.push(row);
      if (colour === WANTED) open += 1;
    } else if (before === WANTED) open -= 1;
  };
  put(to, WANTED);
  for (const row of from) put(row, LEFT_OUT);
  const wanted: number[] = [];
  while (open > 0) {
    const row = queue.pop();
    if (row === undefined) break;
    const colour = paint[row] ?? 0;
    if (colour === WANTED) {
      open -= 1;
      wanted.push(row);
    }
    for (const parent of parents[row] ?? NO_ROWS) put(parent, colour & LEFT_OUT || WANTED);
  }
  for (const row of touched) paint[row] = 0;
  return wanted;
}

/** The smallest row comes out first: a binary heap. */
class RowQueue {
  readonly #rows: number[] = [];

  push(row: number): void {
    const rows = this.#rows;
    let at = rows.push(row) - 1;
    while (at > 0) {
      const above = (at - 1) >> 1;
      const other = rows[above] ?? 0;
      if (other <= row) break;
      rows[at] = other;
      at = above;
    }
    rows[at] = row;
  }

  pop(): number | undefined {
    const rows = this.#rows;
    const top = rows[0];
    const last = rows.pop();
    if (last === undefined || rows.length === 0) return top;
    let at = 0;
    for (;;) {
      let below = 2 * at + 1;
      if (below >= rows.length) break;
      if ((rows[below + 1] ?? Number.POSITIVE_INFINITY) < (rows[below] ?? 0)) below += 1;
      const other = rows[below] ?? 0;
      if (other >= last) break;
      rows[at] = other;
      at = below;
    }
    rows[at] = last;
    return top;
  }
}
