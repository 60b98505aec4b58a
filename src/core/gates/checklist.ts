import { z } from "zod";
import { line, name } from "../base/shape.ts";
import { gate, type Verdict } from "./gate.ts";
import { peopleAt } from "./staff.ts";

const shape = z.strictObject({
  items: z
    .record(name, line)
    .refine((items) => Object.keys(items).length > 0, "at least one item")
    .meta({ description: "what must be seen to be true, by name", minProperties: 1 }),
});

/** A list that people tick, item by item; each tick is signed. */
export const checklist = gate<z.infer<typeof shape>>({
  shape: shape.meta({
    description: "people answer it, item by item; each tick is signed",
    examples: [
      { items: { browsers: "Works in Firefox, Chrome and Safari", phone: "Works on a phone" } },
    ],
  }),
  say: ({ items }) =>
    `somebody has ticked ${["", "its one item", "both items"][Object.keys(items).length] ?? `all ${Object.keys(items).length} items`}`,
  ask: () => null,
  people: ({ items }) => Object.entries(items).map(([name, text]) => ({ name, text, wanted: 1 })),
  judge({ items }, { ticks, now }, context): Verdict {
    const { owner } = context;
    const ticked = new Set(ticks.map((tick) => tick.item));
    const open = Object.keys(items).filter((item) => !ticked.has(item));
    const evidence = { ticked: ticked.size, items: Object.keys(items).length };
    if (open.length === 0)
      return { verdict: "pass", reason: `all ${evidence.items} items are ticked`, evidence };
    const people =
      owner === undefined
        ? "anyone in the roster"
        : `${owner} (${peopleAt(context, owner, now).join(", ")})`;
    return {
      verdict: "pending",
      reason: `${open.length} of ${evidence.items} items are open: ${open.join(", ")}`,
      evidence,
      lift: open.map((item) => `${people} ticks ${item}`),
    };
  },
});
