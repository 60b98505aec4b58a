import { z } from "zod";
import { argv } from "../base/shape.ts";
import { listed } from "../base/words.ts";
import { probeFields } from "./probes.ts";
import { environmentOf, inOrder, step, type Work } from "./step.ts";

const shape = z.strictObject({
  ...probeFields,
  run: argv.optional().describe("a smoke test of the team's own; exit code 0 is good"),
  of: z.enum(["canary", "stable"]).default("canary").describe("which version is asked"),
});

/** A few requests that must work, asked of one version directly, past the traffic. */
export const smoke = step<z.infer<typeof shape>>({
  shape: shape.meta({
    description: "asks one version directly for a few things that must work",
    examples: [{ paths: ["/api/ready"] }, { run: ["npm", "run", "smoke"], within: "5 min" }],
  }),
  say: ({ paths, run, of }) =>
    `ask the ${of === "canary" ? "new" : "old"} version for ${listed([...paths, ...(run === undefined ? [] : [run.join(" ")])])}`,
  next({ paths, times, every, within, run, of }, attempt, context) {
    const works: Work[] = [];
    if (paths.length > 0) {
      const environment = environmentOf(context);
      works.push({ ask: "probe", environment, version: of, paths, times, every, timeout: within });
    }
    if (run !== undefined) works.push({ ask: "command", argv: run, timeout: within });
    return inOrder(works, attempt);
  },
  bound: ({ within, paths, run }) =>
    within * ((paths.length > 0 ? 1 : 0) + (run === undefined ? 0 : 1)),
  undo: () => ({ undo: "nothing" }),
});
