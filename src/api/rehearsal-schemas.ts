// The shape of a rehearsal: how a release would go, were everything to go well.
import { z } from "zod";
import type { Rehearsal } from "#app/rehearse.ts";
import { instant, millis, text } from "./fields.ts";

const hold = z.object({
  gate: text,
  level: text,
  since: instant,
  until: instant.nullable().describe("when it passed; null: never"),
  reason: text,
  lift: z.array(text).describe("who could lift it, by doing what"),
});
const step = z.object({
  step: text,
  since: instant,
  until: instant.nullable(),
  failed: text.nullable(),
});
const phase = z.object({
  name: text,
  environment: text.nullable(),
  openedAt: instant,
  releasedAt: instant.nullable().describe("when nothing held it any more"),
  passedAt: instant.nullable(),
  holds: z.array(hold).describe("gates that did not pass at once"),
  steps: z.array(step),
});

export const rehearsal: z.ZodType<Rehearsal> = z
  .object({
    system: text,
    type: text,
    version: text,
    zone: text,
    plannedAt: instant,
    at: instant.describe("T-0"),
    phases: z.array(phase),
    moments: z.array(z.object({ at: instant, what: text })).describe("what else happens"),
    wayBack: z.object({
      target: millis,
      bound: millis,
      slowest: text.nullable(),
      gone: z.object({ at: instant, took: millis.nullable() }).nullable(),
    }),
    noReturn: z
      .object({ step: text, why: text, at: instant.nullable() })
      .nullable()
      .describe("the point of no return, and when it is reached"),
    end: z
      .object({ how: text, reason: text, at: instant })
      .nullable()
      .describe("null: it stands still"),
    seed: z.int().describe("of the pace of work and people"),
    whole: z.boolean().describe("false: more happens than is looked at"),
  })
  .meta({ id: "Rehearsal" });
