import { z } from "zod";
import { commandFields } from "../base/command.ts";
import { argv } from "../base/shape.ts";
import { inOrder, step, type Work } from "./step.ts";

const shape = z.strictObject({
  part: z
    .enum(["expand", "backfill", "contract"])
    .describe("expand adds, backfill fills, contract drops what the old version still reads"),
  ...commandFields,
  before: argv.optional().describe("dry run or drift check, before it"),
  verify: argv.optional().describe("status or verification queries, after it"),
  undo: argv
    .optional()
    .meta({ description: "takes the migration back", examples: [["scripts/migrate-back.sh"]] }),
});

/**
 * One part of a schema change. The stable version runs on an expanded schema, so expand and backfill need no undoing;
 * after contract it does not run any more, and only an `undo` command keeps the way back open.
 */
export const migrate = step<z.infer<typeof shape>>({
  shape: shape.meta({
    description: "changes the schema by one part: expand, backfill or contract",
    examples: [
      {
        part: "expand",
        before: ["npx", "prisma", "migrate", "status"],
        run: ["npx", "prisma", "migrate", "deploy"],
        verify: ["npx", "prisma", "migrate", "status"],
      },
    ],
  }),
  say: ({ part, run, undo }) =>
    `${part} the schema by ${run.join(" ")}${undo === undefined ? "" : `, taken back by ${undo.join(" ")}`}`,
  next({ before, run, verify, timeout, env }, attempt) {
    const works: Work[] = [before, run, verify]
      .filter((argv) => argv !== undefined)
      .map((argv) => ({ ask: "command", argv, timeout, env }));
    return inOrder(works, attempt);
  },
  bound: ({ timeout, before, verify }) =>
    timeout * (1 + (before === undefined ? 0 : 1) + (verify === undefined ? 0 : 1)),
  undo({ part, undo, timeout, env }) {
    if (undo !== undefined) {
      const config = { run: undo, timeout, env, irreversible: false };
      return { undo: "steps", steps: [{ kind: "run", config, retries: 2 }] };
    }
    if (part !== "contract") return { undo: "nothing" };
    return {
      undo: "impossible",
      why: "the contracted schema no longer carries the stable version",
    };
  },
});
