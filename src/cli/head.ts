import { problem } from "#api/problems.ts";
import { ProblemError } from "#app/problem.ts";
import type { Head } from "#core/audit/entry.ts";
import { type Call, said } from "./verb.ts";

/** The head that `--head` names, as `verify` and `export` print it; undefined where it was not said. */
export function headSaid(call: Call): Head | undefined {
  const text = said(call, "head");
  if (text === undefined) return undefined;
  const match = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text);
  if (match?.[1] !== undefined && match[2] !== undefined) {
    return { position: Number(match[1]), hash: match[2] };
  }
  throw new ProblemError(
    problem("usage", {
      sentence: "The head is not a position and a hash.",
      remedy: "Write it as `holdpoint verify` prints it: POSITION:HASH.",
    }),
  );
}

/** A head on one line, as `--head` reads it. */
export function sayHead({ position, hash }: Head): string {
  return `${position}:${hash}`;
}
