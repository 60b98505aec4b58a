import { problem } from "#api/problems.ts";
import { ProblemError } from "#app/problem.ts";
import { type Call, said } from "./verb.ts";

/** A whole number of an option. */
export function numberOf(call: Call, option: string, otherwise: number): number {
  const text = said(call, option);
  if (text === undefined) return otherwise;
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new ProblemError(
    problem("usage", {
      sentence: `The value of --${flagOf(option)} is not a whole number.`,
      remedy: "Write it in digits, such as 7.",
    }),
  );
}

/** An option as it is written on the command line: `crash-at` for `crashAt`. */
function flagOf(option: string): string {
  return option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
