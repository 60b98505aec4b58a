import { z } from "zod";
import { listed } from "../base/words.ts";
import { probeFields } from "./probes.ts";
import { environmentOf, inOrder, step } from "./step.ts";

const shape = z.strictObject({ ...probeFields });

/** Fills the caches of the new version before it gets traffic, by asking for the paths that people ask for. */
export const warm = step<z.infer<typeof shape>>({
  shape: shape.meta({
    description: "fills the caches of the new version before it gets traffic",
    examples: [{ paths: ["/", "/prices"], times: 3 }],
  }),
  say: ({ paths }) => `warm its caches by ${listed(paths)}`,
  next: ({ paths, times, every, within }, attempt, context) =>
    inOrder(
      [
        {
          ask: "probe",
          environment: environmentOf(context),
          version: "canary",
          paths,
          times,
          every,
          timeout: within,
        },
      ],
      attempt,
    ),
  bound: ({ within }) => within,
  undo: () => ({ undo: "nothing" }),
});
