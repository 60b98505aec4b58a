import { z } from "zod";
import { duration, line, name } from "../base/shape.ts";
import { formatDuration, MINUTE } from "../base/time.ts";
import { listed } from "../base/words.ts";
import { step } from "./step.ts";

const report = z.strictObject({
  from: duration.default(0 as never).describe("how long after the watch began it counts from"),
  every: duration
    .refine((pause) => pause >= MINUTE, "at least 1 min")
    .optional()
    .describe("pause between two reports; left out: one, as soon as it counts"),
  for: duration.optional().describe("how long they go on; to the end of the watch where left out"),
  checks: z
    .array(name)
    .default([])
    .meta({
      description: "which objectives it speaks of; all where it is empty",
      examples: [["errors"]],
    }),
  items: z
    .record(name, line)
    .default({})
    .describe("what people look at and tick; the watch is not done before the latest are ticked"),
  tell: z
    .strictObject({
      channels: z
        .array(name)
        .min(1)
        .max(20)
        .meta({ description: "the channels that are told", examples: [["team"]] }),
      message: name.meta({ description: "the message", examples: ["pulse"] }),
    })
    .optional()
    .describe("who reads it; the policy's alerts of severity info where it is left out"),
});
export type WatchReport = z.infer<typeof report>;

function sayReport([name, { from, every, items }]: [string, WatchReport]): string {
  const pace =
    every === undefined ? `after ${formatDuration(from)}` : `every ${formatDuration(every)}`;
  const ticked = Object.keys(items);
  return `report ${name} ${pace}${ticked.length > 0 ? `, with ${listed(ticked)} ticked` : ""}`;
}

const shape = z.strictObject({
  for: duration.describe("how long the judge watches before the step is done"),
  patience: duration
    .default(30 * MINUTE)
    .describe("how long the judge may hold it before it is given up"),
  reports: z.record(name, report).optional().describe("what is reported meanwhile, and when"),
});

/**
 * Lets time pass under the judge's eyes. The samples are taken by the guard, which is on from the first exposure and looks
 * all the time; reports say how it goes at the pace that people want to read it. Items that people have not ticked keep
 * the watch from its end, for as long as it takes: they are no fault of the release.
 */
export const watch = step<z.infer<typeof shape>>({
  shape: shape.meta({
    description: "lets time pass under watch; it goes on when the judge says so",
    examples: [{ for: "30 min" }],
  }),
  say: ({ for: length, reports = {} }) =>
    [`watch it for ${formatDuration(length)}`, ...Object.entries(reports).map(sayReport)].join(
      "; ",
    ),
  next(config, { since }, { now, judged, unticked }) {
    const over = since + config.for;
    if (now < over) return { move: "wait", until: over, why: "watching" };
    if (judged.verdict === "continue") {
      if (unticked === undefined || unticked.length === 0) return { move: "done" };
      const why = `nobody has ticked ${unticked.join(", ")}`;
      return { move: "wait", until: Number.POSITIVE_INFINITY, why };
    }
    const end = over + config.patience;
    if (now >= end) return { move: "fail", reason: `held for too long: ${judged.reason}` };
    return { move: "wait", until: end, why: `held: ${judged.reason}` };
  },
  bound: ({ for: length }) => length,
  undo: () => ({ undo: "nothing" }),
});
