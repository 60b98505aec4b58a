import { z } from "zod";
import { commandFields } from "../base/command.ts";
import { line } from "../base/shape.ts";
import { type Evidence, gate, REPORT_FORMATS, type Verdict } from "./gate.ts";

const limit = z.strictObject({
  least: z.number().optional().describe("the figure must be at least this"),
  most: z.number().optional().describe("the figure must be at most this"),
});

const shape = z.strictObject({
  ...commandFields,
  report: z
    .strictObject({
      format: z.enum(REPORT_FORMATS).describe("how the report is written"),
      file: line.describe("where the command leaves it, in its folder"),
    })
    .optional()
    .describe("a report the command writes; its figures can be required"),
  require: z
    .record(z.string(), limit)
    .default({})
    .describe("limits on figures: failures, tests, lines, branches, critical, high, errors ..."),
  exits: z
    .array(z.number().int().min(0).max(255))
    .min(1)
    .default([0])
    .describe("exit codes that are no failure by themselves"),
});

/**
 * A question answered by a command: its exit code, and the figures of the report it leaves. A command that could not
 * be run at all is an `error`, never a `fail`: the release is not to blame, but it does not go on either.
 */
export const check = gate<z.infer<typeof shape>>({
  shape: shape.meta({
    description: "a command answers it: by its exit code, and by figures of the report it leaves",
    examples: [
      { run: ["npm", "run", "lint"] },
      {
        run: ["npm", "test"],
        report: { format: "junit", file: "reports/junit.xml" },
        require: { tests: { least: 1 }, failures: { most: 0 } },
      },
    ],
  }),
  say: ({ run, require }) => {
    const limits = Object.entries(require).map(([figure, { least, most }]) =>
      [
        `${figure}`,
        ...(least === undefined ? [] : [`at least ${least}`]),
        ...(most === undefined ? [] : [`at most ${most}`]),
      ].join(" "),
    );
    return [`${run.join(" ")} succeeds`, ...limits].join("; ");
  },
  ask: ({ run, timeout, env, report }) => ({ ask: "command", argv: run, timeout, env, report }),
  judge(config, { answer }): Verdict {
    if (answer === undefined)
      return { verdict: "pending", reason: `${config.run.join(" ")} has not ended yet` };
    const lift = ["mend it, then `retry`", "`waive` it with a reason"];
    if (answer.outcome === "unknown") return { verdict: "error", reason: answer.reason, lift };
    const facts = answer.facts ?? {};
    if (answer.outcome === "failed")
      return { verdict: "error", reason: answer.reason, evidence: facts, lift };
    const exit = facts["exit"];
    if (typeof exit === "number" && !config.exits.includes(exit)) {
      return {
        verdict: "fail",
        reason: `${config.run.join(" ")} ended with exit code ${exit}${lastWords(facts)}`,
        evidence: facts,
        lift,
      };
    }
    const missed = Object.entries(config.require).map(([figure, of]) => miss(figure, of, facts));
    const wrong = missed.filter((text) => text !== null);
    if (wrong.length > 0)
      return { verdict: "fail", reason: wrong.join("; "), evidence: facts, lift };
    return { verdict: "pass", reason: sayPass(config.require, facts), evidence: facts };
  },
});

function miss(figure: string, of: z.infer<typeof limit>, facts: Evidence): string | null {
  const value = facts[figure];
  if (typeof value !== "number") return `the report does not say ${figure}`;
  if (of.least !== undefined && value < of.least)
    return `${figure} is ${value}, at least ${of.least} is required`;
  if (of.most !== undefined && value > of.most)
    return `${figure} is ${value}, at most ${of.most} is allowed`;
  return null;
}

function sayPass(required: object, facts: Evidence): string {
  const figures = Object.keys(required).map((figure) => `${figure} ${facts[figure]}`);
  return figures.length > 0 ? figures.join(", ") : "exit code is as it should be";
}

/** The last line that the command said, which mostly says why. */
function lastWords({ output }: Evidence): string {
  const last = typeof output === "string" ? output.trim().split("\n").at(-1)?.trim() : "";
  return last ? `: ${last.slice(0, 200)}` : "";
}
