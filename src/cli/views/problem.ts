import type { Problem } from "#app/problem.ts";
import { type Paint, plain } from "../text.ts";

/** A problem for people: one sentence, where, and the remedy. */
export function problemLines({ sentence, where, remedy, code }: Problem, paint: Paint): string[] {
  const lines = [`${paint.bad("error:")} ${plain(sentence)} ${paint.faint(`[${plain(code)}]`)}`];
  if (where !== undefined) lines.push(`  at ${plain(where)}`);
  if (remedy !== "") lines.push(`  ${plain(remedy)}`);
  return lines;
}
