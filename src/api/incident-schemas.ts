// What the API says and takes of incidents. `said` is what the public reads, word by word.
import { z } from "zod";
import { line, name } from "#core/base/shape.ts";
import { IMPACTS, type Incident, STAGES } from "#core/incidents/incident.ts";
import { instant, text } from "./fields.ts";

const said = z
  .string()
  .min(1)
  .max(2000)
  .describe("what the public reads; empty lines part paragraphs");
const impact = z.enum(IMPACTS).describe("what it does to the areas");
const stage = z.enum(STAGES).exclude(["resolved"]).describe("how far it is");

export const incidentName = z.string().regex(/^incident-\d{1,9}$/);

export const incidentOpening = z
  .strictObject({
    title: line.max(100),
    areas: z.array(name).max(100).optional().describe("areas of the status page; left out: all"),
    impact: impact.optional(),
    stage: stage.optional(),
    said,
  })
  .meta({ id: "IncidentOpening" });

export const incidentUpdate = z
  .strictObject({ impact: impact.optional(), stage: stage.optional(), said })
  .meta({ id: "IncidentUpdate" });

export const incidentEnd = z.strictObject({ said }).meta({ id: "IncidentEnd" });

export const incident: z.ZodType<Incident> = z
  .object({
    incident: text,
    title: text,
    areas: z.array(text),
    cause: text.nullable().describe("what Holdpoint saw; null where a person opened it"),
    stage: z.enum(STAGES),
    impact: z.enum(IMPACTS),
    openedAt: instant,
    resolvedAt: instant.nullable(),
    inHand: z.boolean().describe("a person has said something of it, so only people go on"),
    updates: z.array(
      z.object({
        at: instant,
        by: text,
        hash: text.describe("of its journal entry"),
        stage: z.enum(STAGES),
        impact: z.enum(IMPACTS),
        said: text,
      }),
    ),
  })
  .meta({ id: "Incident" });

export const incidentPage = z.object({ incidents: z.array(incident) }).meta({ id: "IncidentPage" });
