import { z } from "zod";
import { MINUTE } from "../base/time.ts";
import { environmentOf, inOrder, step } from "./step.ts";

const shape = z.strictObject({});

/** Makes the new version the stable one and stops the old one, which until then was kept ready. */
export const promote = step<z.infer<typeof shape>>({
  shape: shape.meta({
    description:
      "makes the new version the stable one and stops the old one: there is no way back after it",
    examples: [{}],
  }),
  say: () => "make it the stable version and stop the old one",
  next: (_, attempt, context) =>
    inOrder([{ ask: "promote", environment: environmentOf(context) }], attempt),
  bound: () => MINUTE,
  undo: () => ({
    undo: "impossible",
    why: "the old version is stopped; deploy it again as a release of its own",
  }),
});
