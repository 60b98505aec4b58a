import { linesOf, lineText, placeAt } from "../lines.ts";
import type { Positions } from "../positions.ts";
import { type Path, type Place, sayPath } from "../problem.ts";

/** A clause named in a comment of a policy, beside what stands for it. */
export interface PolicyCitation extends Place {
  readonly id: string;
  /** The key beside it, or the next one where the comment has its line for itself: `gates.lint`. */
  readonly where: string;
}

/** A clause named in the title of a test, before its colon. */
export interface TestCitation {
  readonly id: string;
  /** The file of the test, as it was given. */
  readonly file: string;
  readonly title: string;
}

export interface Source {
  readonly file: string;
  readonly text: string;
}

const ID = /\b[A-Z]{2,6}-\d{2,4}\b/g;
/** A comment of YAML, well enough: a `#` at the beginning or after a blank. No policy of ours has one in a text. */
const COMMENT = /(?:^|\s)#(.*)$/;

/** The clauses that the comments of a policy name, in the order of the file. */
export function citedInPolicy(text: string, positions: Positions): readonly PolicyCitation[] {
  const keys = firstKeys(positions);
  const lines = linesOf(text);
  return lines.starts.flatMap((start, index) => {
    const line = lineText(lines, index + 1);
    const comment = COMMENT.exec(line);
    if (comment === null) return [];
    const from = comment.index;
    return [...line.slice(from).matchAll(ID)].map(([id], nth, all) => {
      const at = start + from + (all[nth]?.index ?? 0);
      return { id, where: keyNear(keys, index + 1), ...placeAt(lines, at, at + id.length) };
    });
  });
}

/** The first key of each line that has one. */
function firstKeys(positions: Positions): ReadonlyMap<number, Path> {
  const keys = new Map<number, { column: number; path: Path }>();
  for (const [name, mark] of positions) {
    const { line, column } = mark.key ?? mark.value;
    const known = keys.get(line);
    if (known === undefined || column < known.column)
      keys.set(line, { column, path: JSON.parse(name) as Path });
  }
  return new Map([...keys].map(([line, { path }]) => [line, path]));
}

function keyNear(keys: ReadonlyMap<number, Path>, line: number): string {
  const own = keys.get(line);
  if (own !== undefined) return sayPath(own);
  const next = [...keys.keys()].filter((at) => at > line).sort((a, b) => a - b)[0];
  return next === undefined ? "" : sayPath(keys.get(next) ?? []);
}

/** A call that names a test, in the way of node:test, Vitest, Jest and Mocha. */
const TITLE = /\b(?:describe|test|it)(?:\.\w+)?\(\s*(["'`])((?:\\.|(?!\1)[^\\]){1,500})\1/g;

/** The clauses that the titles of tests say they prove: those before the first colon. */
export function citedInTests(tests: readonly Source[]): readonly TestCitation[] {
  return tests.flatMap(({ file, text }) =>
    [...text.matchAll(TITLE)].flatMap(([, , title = ""]) => {
      const [proved = "", said] = title.split(": ", 2);
      if (said === undefined) return [];
      return (proved.match(ID) ?? []).map((id) => ({ id, file, title }));
    }),
  );
}
