// How the meaning of a code is said.

/** What one code means to a program: the status of an answer, the exit code of the CLI. */
export interface ProblemKind {
  /** One sentence for people, the same for every occurrence. */
  readonly title: string;
  /** What to do about it, where the occurrence says nothing better. */
  readonly remedy: string;
  readonly status: number;
  /** See src/cli/exit-codes.ts. */
  readonly exit: number;
}

export type Meaning = Omit<ProblemKind, "title">;
export const kind = (status: number, exit: number, remedy: string): Meaning => ({
  status,
  exit,
  remedy,
});

export const named = (
  title: string,
  status: number,
  exit: number,
  remedy: string,
): ProblemKind => ({
  title,
  remedy,
  status,
  exit,
});
