/**
 * Why something could not be done, for people and machines. `code` is one of the codes in docs/errors.md; each has an
 * exit code of the CLI and a status of the API (src/api/problems.ts).
 */
export interface Problem {
  readonly code: string;
  /** One sentence: what is wrong, where, and what was expected. */
  readonly sentence: string;
  readonly remedy: string;
  /** `holdpoint.yaml:12:7` where it is about a place in a file. */
  readonly where?: string | undefined;
}

/** Nothing was ever planned under this id. */
export function noSuchRelease(release: string): Problem {
  return {
    code: "no-release",
    sentence: `There is no release ${release}.`,
    remedy: "See `holdpoint status` for those there are.",
  };
}

/** An expected failure that had to be thrown, because the caller's world is lost (a store, a disk, a tool). */
export class ProblemError extends Error {
  override readonly name: string = "ProblemError";
  readonly problem: Problem;
  constructor(problem: Problem, cause?: unknown) {
    super(problem.sentence, { cause });
    this.problem = problem;
  }
}
