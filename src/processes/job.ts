// What the control plane and `run-once` say to each other. A job is a folder:
//   claims/1/owner.json  the supervisor that took the key, once and for all
//   child.json           the command it started
//   result.json          how it ended; never changes once it is there

/** What a supervisor is told, on its standard input: values of the environment are in no file. */
export interface JobAsk {
  readonly argv: readonly string[];
  readonly cwd: string;
  /** Milliseconds until its group is ended. */
  readonly timeout: number;
  /** Milliseconds between the gentle end and the hard one. */
  readonly grace: number;
  readonly env: Readonly<Record<string, string>>;
  /** Values that must not be in the output. */
  readonly secrets: readonly string[];
  /** Keep standard output by itself too. */
  readonly stdout: boolean;
}

interface Said {
  readonly output: string;
  readonly stdout?: string;
  readonly took: number;
}

export type JobEnd =
  | ({ readonly end: "exited"; readonly code: number } & Said)
  | ({ readonly end: "killed"; readonly signal: string } & Said)
  | ({ readonly end: "timeout" } & Said)
  | { readonly end: "not-started"; readonly reason: string }
  | { readonly end: "unknown"; readonly reason: string };

export const JOB = { claims: "claims", child: "child.json", result: "result.json" } as const;
