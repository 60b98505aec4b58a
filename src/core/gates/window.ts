import { z } from "zod";
import { name } from "../base/shape.ts";
import { DAY, formatInZone } from "../base/time.ts";
import { listed } from "../base/words.ts";
import { nextOpening, openAt } from "../calendar/openings.ts";
import { gate, type Verdict } from "./gate.ts";

const shape = z.strictObject({
  in: z
    .array(name)
    .default([])
    .describe(
      "windows of the calendar, any of which will do; left out: those of the type's cadence, any time where it has none",
    ),
  freezes: z.boolean().default(true).describe("whether the calendar's freezes hold it"),
});

const HORIZON = 400 * DAY;

/** Passes while one of its windows is open and no freeze is on: deny wins. Said with the next legal opening. */
export const window = gate<z.infer<typeof shape>>({
  shape: shape.meta({
    description: "the calendar answers it: a window is open and no freeze is on",
    examples: [{ in: ["tuesday"] }, { freezes: false }],
  }),
  say({ in: windows, freezes }) {
    const which = windows.length > 0 ? listed(windows, "or") : "a regular window of its type";
    return `${which} is open${freezes ? " and no freeze is on" : ", freeze or not"}`;
  },
  ask: () => null,
  judge(config, { now }, { calendar, type, cadence, yields, work }): Verdict {
    const windows = config.in.length > 0 ? config.in : cadence;
    const wanted = { windows, freezes: config.freezes, type, yields, work };
    const state = openAt(calendar, wanted, now);
    if (state.open) return { verdict: "pass", reason: state.why, until: state.until };
    const next = nextOpening(calendar, wanted, now, HORIZON);
    if (next === null) {
      return {
        verdict: "pending",
        reason: `${state.why}, and no window opens within ${HORIZON / DAY} days`,
        lift: ["change the policy's calendar, then `revise`"],
      };
    }
    const [first = ""] = [...windows, ...Object.keys(calendar.windows)];
    const zone = calendar.windows[first]?.zone ?? "UTC";
    const opening = formatInZone(next.from, zone);
    return {
      verdict: "pending",
      reason: `${state.why}; the next opening is ${opening}`,
      until: next.from,
      lift: [`the clock, at ${opening}`],
    };
  },
});
