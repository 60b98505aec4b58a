import type { Severity } from "#core/policy/finding.ts";

/** A stretch of a text on one line. Lines and columns count from 1; columns and length count UTF-16 code units. */
export interface Place {
  readonly line: number;
  readonly column: number;
  readonly length: number;
}

/** What is wrong in a policy file, where, and what to do about it. */
export interface Problem extends Place {
  readonly file: string;
  readonly severity: Severity;
  /** What sort of problem, for machines: `syntax`, `unknown-key`, `missing`, `quorum` ... */
  readonly code: string;
  /** The place in the policy, such as `gates.lint.check`; empty for the whole file. */
  readonly where: string;
  /** One sentence for people, without a full stop at its end. */
  readonly sentence: string;
  /** A case in which it shows: half a sentence, with its date where time has a part in it. */
  readonly counterexample?: string;
  /** What to do about it: a sentence of its own; empty where the first says it all. */
  readonly remedy: string;
}

/** A problem before it is known which file it stands in. */
export type Fault = Omit<Problem, "file" | "severity">;

/** The way to a value in a policy: keys and indices from the top. */
export type Path = readonly (string | number)[];

/** A path for people: `phases.production.steps[2].shift`. */
export function sayPath(path: Path): string {
  return path
    .map((part, index) => {
      if (typeof part === "number") return `[${part}]`;
      return index === 0 ? part : `.${part}`;
    })
    .join("");
}
