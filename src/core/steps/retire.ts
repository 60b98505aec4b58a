import { z } from "zod";
import { SECOND } from "../base/time.ts";
import { environmentOf, inOrder, step } from "./step.ts";

const shape = z.strictObject({});

/** Stops the new version once it gets no traffic and has answered what it had begun. It is how `deploy` is undone. */
export const retire = step<z.infer<typeof shape>>({
  shape: shape.meta({
    description: "stops the new version, which gets no traffic",
    examples: [{}],
  }),
  say: () => "stop the new version",
  next: (_, attempt, context) =>
    inOrder([{ ask: "retire", environment: environmentOf(context) }], attempt),
  bound: () => 30 * SECOND,
  undo: () => ({ undo: "nothing" }),
});
