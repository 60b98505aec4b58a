import { problem } from "#api/problems.ts";
import type { PlanAsk } from "#app/ports/planner.ts";
import { ProblemError } from "#app/problem.ts";
import { type Call, said } from "./verb.ts";

/** The wish for a release that the options say. */
export function planAsk(call: Call, by: string): PlanAsk {
  return {
    by,
    type: said(call, "type"),
    ref: said(call, "ref"),
    at: readTime(said(call, "at"), "--at"),
    incident: said(call, "incident"),
    bump: readBump(said(call, "bump")),
    version: said(call, "as"),
    reason: said(call, "reason"),
    traffic: readRate(said(call, "traffic")),
  };
}

/** The moment that an option says; with a zone in brackets or an offset. */
export function readTime(text: string | undefined, option: string): number | undefined {
  if (text === undefined) return undefined;
  try {
    return text.includes("[")
      ? Temporal.ZonedDateTime.from(text).epochMilliseconds
      : Temporal.Instant.from(text).epochMilliseconds;
  } catch {
    throw new ProblemError(
      problem("usage", {
        sentence: `The time of ${option} is not understood.`,
        remedy: "Write it like 2026-11-24T14:00Z or 2026-11-24T09:00[America/New_York].",
      }),
    );
  }
}

function readRate(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const rate = /^\d{1,9}(?:\.\d{1,6})?$/.test(text) ? Number(text) : 0;
  if (rate > 0) return rate;
  throw new ProblemError(
    problem("usage", {
      sentence: "The value of --traffic is not a number of requests per second.",
      remedy: "Write it like --traffic 100 or --traffic 0.5.",
    }),
  );
}

function readBump(text: string | undefined): PlanAsk["bump"] {
  if (text === undefined || text === "patch" || text === "minor" || text === "major") return text;
  throw new ProblemError(
    problem("usage", {
      sentence: "The bump of --bump is not understood.",
      remedy: "Say patch, minor or major.",
    }),
  );
}
