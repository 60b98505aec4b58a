import { z } from "zod";
import { commandFields } from "../base/command.ts";
import { argv } from "../base/shape.ts";
import { inOrder, step, type Work } from "./step.ts";

const shape = z.strictObject({
  ...commandFields,
  verify: argv.optional().describe("proves that the backup can be restored"),
});

/** Takes a backup by the team's own command, and proves it by another. */
export const backup = step<z.infer<typeof shape>>({
  shape: shape.meta({
    description: "takes a backup by a command, and proves it by another",
    examples: [{ run: ["scripts/backup.sh"], verify: ["scripts/restore-check.sh"] }],
  }),
  say: ({ run, verify }) =>
    `back up by ${run.join(" ")}${verify === undefined ? "" : `, proved by ${verify.join(" ")}`}`,
  next({ run, verify, timeout, env }, attempt) {
    const works: Work[] = [run, verify]
      .filter((argv) => argv !== undefined)
      .map((argv) => ({ ask: "command", argv, timeout, env }));
    return inOrder(works, attempt);
  },
  bound: ({ timeout, verify }) => timeout * (verify === undefined ? 1 : 2),
  undo: () => ({ undo: "nothing" }),
});
