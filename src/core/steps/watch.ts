import { z } from "zod";
import { duration } from "../base/shape.ts";
import { formatDuration, MINUTE } from "../base/time.ts";
import { step } from "./step.ts";

const shape = z.strictObject({
  for: duration.describe("how long the judge watches before the step is done"),
  patience: duration
    .default(30 * MINUTE)
    .describe("how long the judge may hold it before it is given up"),
});

/** Lets time pass under the judge's eyes. The samples are taken by the guard, which is on from the first exposure. */
export const watch = step<z.infer<typeof shape>>({
  shape: shape.meta({
    description: "lets time pass under watch; it goes on when the judge says so",
    examples: [{ for: "30 min" }],
  }),
  say: ({ for: length }) => `watch it for ${formatDuration(length)}`,
  next(config, { since }, { now, judged }) {
    const over = since + config.for;
    if (now < over) return { move: "wait", until: over, why: "watching" };
    if (judged.verdict === "continue") return { move: "done" };
    const end = over + config.patience;
    if (now >= end) return { move: "fail", reason: `held for too long: ${judged.reason}` };
    return { move: "wait", until: end, why: `held: ${judged.reason}` };
  },
  bound: ({ for: length }) => length,
  undo: () => ({ undo: "nothing" }),
});
