// For tests: a step's release, and what it was answered so far.
import type { Answer } from "../gates/gate.ts";
import type { Attempt, Move, StepContext, StepModule, Work } from "./step.ts";

export const context: StepContext = {
  system: "Sample",
  version: "1.2.0",
  commit: "c".repeat(40),
  tag: "v1.2.0",
  environment: "production",
  objectives: { errors: { measure: "error-rate", most: 100 } },
  judged: { verdict: "continue", reason: "nothing speaks against it" },
  now: 0,
};

export const DONE: Answer = { outcome: "done", facts: { exit: 0 } };

/** An attempt since 0 with these answers, all given at one moment. */
export function attempt(answers: readonly Answer[] = [], at = 0): Attempt {
  return { since: 0, answers: answers.map((answer) => ({ at, answer })) };
}

/** All that a step asks for when every answer is good, and how it ends. */
export function walk<Config>(
  { next }: StepModule<Config>,
  config: Config,
  more: Partial<StepContext> = {},
): { asked: Work[]; end: Move } {
  const asked: Work[] = [];
  for (;;) {
    const answers = asked.map(() => DONE);
    const move = next(config, attempt(answers), { ...context, ...more });
    if (move.move !== "ask") return { asked, end: move };
    if (asked.length > 100) throw new Error("the step asks for ever");
    asked.push(move.work);
  }
}

/** A command as a question. */
export function command(...argv: string[]): Work {
  return { ask: "command", argv, timeout: 600_000, env: [] };
}
