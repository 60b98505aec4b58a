// Where a release document contradicts itself, its policy takes one reading, and says so in a comment:
//
//   # The one place says A, another B. Read here as: A, because.
//   # Finding: rule at types.patch
//
// The last lines name what the verifier finds in the document as it is written, by rule and, where several are found by
// one rule, by the beginning of their places.

/** A reading that a policy takes of what its document leaves open. */
export interface Reading {
  /** What it is read as: one or more sentences. */
  readonly reading: string;
  /** The line on which its comment begins, from 1. */
  readonly line: number;
  /** The findings that it ends. */
  readonly ends: readonly { readonly rule: string; readonly at: string }[];
}

const COMMENT = /^\s*#\s?(.*)$/;
const ENDS = /^Finding: ([a-z-]+)(?: at (\S+))?$/;
const READ = /Read here as: (.*)$/;

/** Every reading that the comments of a policy take, in the order of the file; those that end no finding too. */
export function readingsIn(text: string): readonly Reading[] {
  return blocksOf(text).flatMap(({ line, lines }) => {
    const prose = lines.filter((one) => !ENDS.test(one)).join(" ");
    const [, reading] = READ.exec(prose) ?? [];
    const ends = lines.flatMap((one) => {
      const [, rule, at = ""] = ENDS.exec(one) ?? [];
      return rule === undefined ? [] : [{ rule, at }];
    });
    return reading === undefined ? [] : [{ reading, line, ends }];
  });
}

/** Whether a reading ends a finding of a rule at a place. */
export function endsIt(
  { ends }: Reading,
  { rule, where }: { rule: string; where: string },
): boolean {
  return ends.some((one) => one.rule === rule && (where === one.at || beginsWith(where, one.at)));
}

function beginsWith(where: string, at: string): boolean {
  return at === "" || (where.startsWith(at) && /^[.[-]/.test(where.slice(at.length)));
}

/** Comments that have lines of their own, block by block. */
function blocksOf(text: string) {
  const blocks: { line: number; lines: string[] }[] = [];
  let open: { line: number; lines: string[] } | null = null;
  for (const [index, one] of text.split("\n").entries()) {
    const [, comment] = COMMENT.exec(one) ?? [];
    if (comment === undefined) open = null;
    else if (open !== null) open.lines.push(comment.trim());
    else {
      open = { line: index + 1, lines: [comment.trim()] };
      blocks.push(open);
    }
  }
  return blocks;
}
