// The lines of versions that a repository has: its own, and one for each component. One pass over the history sorts out
// which commits are new to which line.
import { graphOf } from "./graph.ts";
import type { CommitRecord } from "./reverts.ts";
import { complete, type LineRules, type VersionRules } from "./rules.ts";
import { pathMatcher } from "./scope.ts";
import { type Tagged, type TagRecord, tagged } from "./version.ts";

/** The name of the repository's own line: that of the whole, which every component is a part of. */
export const WHOLE = "";

export interface Line extends LineRules {
  /** The component's name, or WHOLE. */
  readonly name: string;
  /** Empty: everything counts. */
  readonly paths: readonly string[];
  /** The components that it rises with. */
  readonly uses: readonly string[];
  readonly linked?: string | undefined;
}

/** The whole first, which is built of all components; then each of them, in the order of the rules. */
export function linesOf(given: Partial<VersionRules>): readonly [Line, ...Line[]] {
  const { tag, line, hotfix, paths, components, linked } = complete(given);
  const whole = { name: WHOLE, tag, line, hotfix, paths, uses: Object.keys(components), linked };
  const parts = Object.entries(components).map(([name, rules]) => ({ ...rules, name, hotfix }));
  return [whole, ...parts];
}

/** A line with its tags, before anything is counted. */
export interface LineTags {
  readonly line: Line;
  /** Its tags that are reached, the highest version first. */
  readonly known: readonly Tagged[];
  /** The last of them that was released. */
  readonly previous: Tagged | null;
  /**
   * What it is new after: its last release. A whole that was never released is new after the last releases of its
   * components, for those went out with all that was there. Empty: everything is new.
   */
  readonly after: readonly string[];
}

export function lineTags(lines: readonly Line[], tags: readonly TagRecord[]): readonly LineTags[] {
  const found = lines.map((line) => {
    const known = tagged(tags, line);
    return { line, known, previous: known.find(({ means }) => means !== "candidate") ?? null };
  });
  const parts = found.flatMap(({ line, previous }) =>
    line.name === WHOLE || previous === null ? [] : [previous.commit],
  );
  return found.map((one) => {
    const { line, previous } = one;
    const after = previous === null ? [] : [previous.commit];
    return { ...one, after: previous === null && line.name === WHOLE ? parts : after };
  });
}

/** The commits that every line's commits come after, where each of them comes after some; null: all are needed. */
export function oldest(lines: readonly LineTags[]): readonly string[] | null {
  if (lines.some(({ after }) => after.length === 0)) return null;
  return [...new Set(lines.flatMap(({ after }) => after))];
}

/** What is new to a line. */
export interface News<C extends CommitRecord> extends LineTags {
  /** Since its last release. */
  readonly since: readonly C[];
  /** Those of them that touch its paths. */
  readonly commits: readonly C[];
}

/** @param commits children before parents; with their files where there are paths; all that `oldest` asks for */
export function newsOf<C extends CommitRecord>(
  lines: readonly LineTags[],
  commits: readonly C[],
): readonly News<C>[] {
  const released = releasedIn(lines, commits);
  return lines.map((one, at) => {
    const { paths } = one.line;
    const since = commits.filter((_, row) => !released.by(row, at));
    const matches = pathMatcher(paths);
    const counts = ({ files = [] }: C) => files.some(matches);
    return { ...one, since, commits: paths.length === 0 ? since : since.filter(counts) };
  });
}

/** Each row knows, once all its children have told it, which lines' last releases contain it. */
function releasedIn(lines: readonly LineTags[], commits: readonly CommitRecord[]): ReleasedBy {
  const graph = graphOf(commits);
  const released = new ReleasedBy(graph.length, lines.length);
  for (const [at, { after }] of lines.entries())
    for (const row of after.flatMap((id) => graph.row(id) ?? [])) released.mark(row, at);
  for (let row = 0; row < graph.length; row += 1)
    for (const parent of graph.parents(row)) released.pass(row, parent);
  return released;
}

/** Which lines' last releases contain a row: bits that go from child to parent. */
class ReleasedBy {
  readonly #words: number;
  readonly #bits: Uint32Array;

  constructor(rows: number, lines: number) {
    this.#words = Math.max(1, Math.ceil(lines / 32));
    this.#bits = new Uint32Array(rows * this.#words);
  }

  mark(row: number, line: number): void {
    const word = row * this.#words + (line >> 5);
    this.#bits[word] = (this.#bits[word] ?? 0) | (1 << (line & 31));
  }

  pass(from: number, to: number): void {
    for (let word = 0; word < this.#words; word += 1) {
      const at = to * this.#words + word;
      this.#bits[at] = (this.#bits[at] ?? 0) | (this.#bits[from * this.#words + word] ?? 0);
    }
  }

  by(row: number, line: number): boolean {
    const bits = this.#bits[row * this.#words + (line >> 5)] ?? 0;
    return (bits & (1 << (line & 31))) !== 0;
  }
}
