import type { Place } from "./problem.ts";

/** Where the lines of a text begin, to turn offsets into places. */
export interface Lines {
  readonly text: string;
  readonly starts: readonly number[];
}

export function linesOf(text: string): Lines {
  const starts = [0];
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return { text, starts };
}

/** The place of a stretch from `from` to `to`; what reaches past the line's end is cut, and it is at least 1 long. */
export function placeAt({ text, starts }: Lines, from: number, to = from): Place {
  const offset = Math.max(0, Math.min(from, text.length));
  const line = lineAt(starts, offset);
  const start = starts[line] ?? 0;
  const end = lineEnd(text, starts[line + 1]);
  return {
    line: line + 1,
    column: offset - start + 1,
    length: Math.max(1, Math.min(to, end) - offset),
  };
}

/** The text of a line, counted from 1, without its line end; empty where there is no such line. */
export function lineText({ text, starts }: Lines, line: number): string {
  const start = starts[line - 1];
  return start === undefined ? "" : text.slice(start, lineEnd(text, starts[line]));
}

function lineEnd(text: string, next: number | undefined): number {
  if (next === undefined) return text.length;
  return text[next - 2] === "\r" ? next - 2 : next - 1;
}

/** Index of the last start that is not after the offset, by halving. */
function lineAt(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
