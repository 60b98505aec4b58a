import { z } from "zod";
import { commandFields } from "../base/command.ts";
import { argv } from "../base/shape.ts";
import { inOrder, step } from "./step.ts";

const shape = z.strictObject({
  ...commandFields,
  undo: argv.optional().describe("the command that takes it back"),
  withdraw: argv.optional().meta({
    description:
      "tells others that the version was taken back, where it is rolled back or withdrawn; it gets HOLDPOINT_REASON",
    examples: [["scripts/deprecate.sh"]],
  }),
  irreversible: z.boolean().default(false).describe("true where nothing can take it back"),
  reconcile: argv.optional().meta({
    description: "finds out after a crash whether it was done: exit code 0 for yes, 1 for no",
    examples: [["scripts/are-jobs-paused.sh"]],
  }),
});

/** Runs a command of the team's own. It succeeds with exit code 0. */
export const run = step<z.infer<typeof shape>>({
  shape: shape.meta({
    description: "runs a command of your own",
    examples: [{ run: ["scripts/pause-jobs.sh"], undo: ["scripts/resume-jobs.sh"] }],
  }),
  say: ({ run, irreversible }) => `run ${run.join(" ")}${irreversible ? ", for good" : ""}`,
  next: ({ run, timeout, env }, attempt) =>
    inOrder([{ ask: "command", argv: run, timeout, env }], attempt),
  bound: ({ timeout }) => timeout,
  undo({ undo, irreversible, timeout, env, run: command }) {
    if (irreversible)
      return { undo: "impossible", why: `${command.join(" ")} cannot be taken back` };
    if (undo === undefined) return { undo: "nothing" };
    const config: z.infer<typeof shape> = { run: undo, timeout, env, irreversible: false };
    return { undo: "steps", steps: [{ kind: "run", config, retries: 2 }] };
  },
  setRight: ({ withdraw, timeout, env }) =>
    withdraw === undefined
      ? []
      : [{ kind: "run", config: { run: withdraw, timeout, env, irreversible: false }, retries: 5 }],
  reconcile: ({ reconcile, timeout, env }) =>
    reconcile === undefined ? null : { ask: "command", argv: reconcile, timeout, env },
});
