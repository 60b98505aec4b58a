import { z } from "zod";
import { duration, line, name } from "../base/shape.ts";
import type { Instant } from "../base/time.ts";

const localTime = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/, "a local date and time such as 2026-01-06T10:00");

/** An allow interval that comes again: an RFC 5545 rule in an IANA zone. */
export const windowShape = z.strictObject({
  rule: line.describe("RFC 5545 rule, such as FREQ=WEEKLY;BYDAY=TU"),
  from: localTime.describe("first opening, local to the zone"),
  for: duration.describe("how long it stays open each time"),
  longest: duration.optional().meta({
    description: "longest time that work in it may take; work begins only when it will end inside",
    examples: ["2 h"],
  }),
  zone: line.optional().meta({
    description: "IANA zone; the policy's own where it is left out",
    examples: ["Europe/Berlin"],
  }),
});
/** A deny interval: once (`from`, `to`), or coming again (`rule`, `from`, `for`). */
export const freezeShape = z.strictObject({
  from: localTime.describe("when it begins, or first begins, local to the zone"),
  to: localTime.optional().describe("when it ends; for one that comes once"),
  rule: line.optional().describe("RFC 5545 rule; for one that comes again"),
  for: duration.optional().describe("how long it lasts each time; for one that comes again"),
  zone: line.optional().meta({
    description: "IANA zone; the policy's own where it is left out",
    examples: ["Europe/Berlin"],
  }),
  reason: line.describe("why, for everyone who is held by it"),
  except: z
    .array(name)
    .default([])
    .describe("release types that may pass all the same; rollback always may"),
  kind: z
    .enum(["freeze", "blackout"])
    .default("freeze")
    .describe("blackout: no type may pass it, and nobody may waive it"),
  running: z
    .enum(["finish", "pause", "retreat"])
    .default("finish")
    .describe(
      "what a release does that is at work when it begins: go on to its end; stop before the next step or weight; or send half-shifted traffic back and stop. What stopped goes on afterwards",
    ),
});

export interface Window {
  readonly rule: string;
  readonly from: string;
  readonly for: number;
  readonly longest?: number | undefined;
  readonly zone: string;
}
export interface Freeze {
  readonly from: string;
  readonly to?: string;
  readonly rule?: string;
  readonly for?: number;
  readonly zone: string;
  readonly reason: string;
  readonly except: readonly string[];
  /** `freeze` where nothing is said. */
  readonly kind?: "freeze" | "blackout";
  /** `finish` where nothing is said. */
  readonly running?: "finish" | "pause" | "retreat";
}
export interface Calendar {
  readonly windows: Readonly<Record<string, Window>>;
  readonly freezes: Readonly<Record<string, Freeze>>;
}

/** A half-open interval of time: `from` is in it, `to` is not. */
export interface Span {
  readonly from: Instant;
  readonly to: Instant;
}
