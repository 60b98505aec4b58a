import { z } from "zod";
import { duration } from "../base/shape.ts";
import { formatDuration, MINUTE } from "../base/time.ts";
import { environmentOf, inOrder, step } from "./step.ts";

const shape = z.strictObject({
  timeout: duration
    .default(5 * MINUTE)
    .describe("longest time until every service is built, up and healthy"),
});

/** Starts the new version of every service of the environment beside the stable one, without traffic (green). */
export const deploy = step<z.infer<typeof shape>>({
  shape: shape.meta({
    description: "starts the new version beside the stable one, without traffic",
    examples: [{ timeout: "5 min" }],
  }),
  say: ({ timeout }) =>
    `start the new version beside the old one, within ${formatDuration(timeout)}`,
  next: ({ timeout }, attempt, context) =>
    inOrder([{ ask: "deploy", environment: environmentOf(context), timeout }], attempt),
  bound: ({ timeout }) => timeout,
  undo: () => ({ undo: "steps", steps: [{ kind: "retire", config: {}, retries: 3 }] }),
});
