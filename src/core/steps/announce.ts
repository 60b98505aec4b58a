import { z } from "zod";
import { name } from "../base/shape.ts";
import { MINUTE } from "../base/time.ts";
import { inOrder, step } from "./step.ts";

const shape = z.strictObject({
  channel: name.describe("a channel of the policy"),
  message: name.describe("a message of the policy"),
});

/** Tells people, and is done when the channel has taken the message. */
export const announce = step<z.infer<typeof shape>>({
  shape: shape.meta({
    description: "tells people in a channel",
    examples: [{ channel: "team", message: "shipped" }],
  }),
  say: ({ channel, message }) => `tell ${channel}: ${message}`,
  next: ({ channel, message }, attempt) =>
    inOrder([{ ask: "announce", channel, message }], attempt),
  bound: () => MINUTE,
  undo: () => ({ undo: "nothing" }),
});
