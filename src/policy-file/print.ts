import { visible } from "#core/base/words.ts";
import { type Lines, linesOf, lineText } from "./lines.ts";
import type { Problem } from "./problem.ts";

export interface Printing {
  /** The text of the file, for the code frames. */
  readonly text: string;
  /** The texts of files beside it, by the name that problems give them. */
  readonly beside?: ReadonlyMap<string, string>;
  /** Whether the reader's terminal shows colours. */
  readonly colour: boolean;
  /** How many problems are printed at most; the rest is counted. */
  readonly most?: number;
}

/**
 * Problems for people: `file:line:column severity sentence [code]`, below each a case in which it shows, the remedy, and the
 * line with a caret. Ends with a line end; empty where there is no problem. Control characters of the file never reach the terminal.
 */
export function printProblems(problems: readonly Problem[], printing: Printing): string {
  const { most = 50 } = printing;
  const own = linesOf(printing.text);
  const linesIn = (file: string): Lines => {
    const other = printing.beside?.get(file);
    return other === undefined ? own : linesOf(other);
  };
  const paint = printing.colour ? inColour : inBlackAndWhite;
  const shown = problems
    .slice(0, most)
    .map((problem) => printProblem(problem, linesIn(problem.file), paint));
  const rest = problems.length - shown.length;
  if (rest > 0) shown.push(`and ${rest} more\n`);
  return shown.join("");
}

/**
 * Problems for machines: a JSON array, each with file, line, column, length, severity, code, where, sentence, remedy, and
 * the counterexample where there is one.
 */
export function problemsAsJson(problems: readonly Problem[]): string {
  const plain = problems.map(
    ({ file, line, column, length, severity, code, where, sentence, counterexample, remedy }) => {
      const place = { file, line, column, length };
      return { ...place, severity, code, where, sentence, counterexample, remedy };
    },
  );
  return `${JSON.stringify(plain, null, 2)}\n`;
}

type Paint = (what: Problem["severity"] | "faint" | "strong", text: string) => string;

const inBlackAndWhite: Paint = (_, text) => text;
const inColour: Paint = (what, text) =>
  `\u001b[${{ error: 31, warning: 33, note: 36, faint: 2, strong: 1 }[what]}m${text}\u001b[0m`;

function printProblem(problem: Problem, lines: Lines, paint: Paint): string {
  const { file, line, column, severity, code, sentence, counterexample, remedy } = problem;
  const at = paint("strong", visible(`${file}:${line}:${column}`));
  const head = `${at} ${paint(severity, severity)} ${visible(sentence)} ${paint("faint", `[${code}]`)}`;
  const more = [
    ...(counterexample === undefined ? [] : [`such as: ${visible(counterexample)}`]),
    ...(remedy === "" ? [] : [`${visible(remedy)}.`]),
  ];
  return `${[head, ...more.map((text) => `       ${text}`)].join("\n")}\n${frame(problem, lines, paint)}`;
}

const WIDTH = 100;

/** The line in question and a caret line below it. Of a long line the part around the place is shown. */
function frame({ line, column, length, severity }: Problem, lines: Lines, paint: Paint): string {
  const whole = lineText(lines, line);
  const cut = column - 1 > WIDTH * 0.8 ? column - 1 - WIDTH / 2 : 0;
  const from = cut > 0 ? "…" : "";
  const to = whole.length - cut > WIDTH ? "…" : "";
  const shown = shownAs(whole.slice(cut, cut + WIDTH));
  const before = shownAs(whole.slice(cut, column - 1));
  const marked = shownAs(whole.slice(column - 1, Math.min(column - 1 + length, cut + WIDTH)));
  const number = `${line}`.padStart(4);
  const bar = paint("faint", `${number} |`);
  const empty = paint("faint", `${" ".repeat(number.length)} |`);
  const space = " ".repeat([...from, ...before].length);
  const carets = paint(severity, "^".repeat(Math.max(1, [...marked].length)));
  return `${bar} ${from}${shown}${to}\n${empty} ${space}${carets}\n`;
}

function shownAs(text: string): string {
  return visible(text.replaceAll("\t", " "));
}
