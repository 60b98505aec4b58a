// Whom a policy tells: messages, the moments at which they go out, and alerts.
import { z } from "zod";
import { name } from "../base/shape.ts";

/** What people read, in templates. */
export const messageShape = z.strictObject({
  title: z.string().min(1).max(300).describe("template: {{version}}, {{system}}, {{reason}} ..."),
  body: z.string().max(10_000).default("").describe("template of the text below the title"),
});

/** Moments of a release at which people can be told something. */
export const MOMENTS = [
  "planned",
  "started",
  "held",
  "late",
  "paused",
  "rollback",
  "rolled-back",
  "stopped",
  "aborted",
  "stable",
  "withdrawn",
] as const;

const alert = z.strictObject({
  channels: z.array(name).min(1).max(100).describe("the channels that are told"),
  message: name.describe("the message"),
});

/** Who is told what, at which moment. */
export const tellShape = z
  .array(
    z.strictObject({
      on: z.enum(MOMENTS).describe("the moment"),
      channel: name.describe("the channel"),
      message: name.describe("the message"),
    }),
  )
  .max(200)
  .default([]);

/** Who is alerted, by severity. */
export const alertsShape = z
  .strictObject({
    critical: alert.optional().describe("somebody must come: a rollback, one that is late, a stop"),
    warning: alert.optional().describe("somebody should look: held for long, a budget that burns"),
    info: alert.optional().describe("good to know: reports of a watch"),
  })
  .default({});
