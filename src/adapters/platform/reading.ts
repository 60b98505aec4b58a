import { z } from "zod";
import { err, ok, type Result } from "#core/base/result.ts";
import type { Instant } from "#core/base/time.ts";
import type { Reading } from "#core/judge/reading.ts";

/** What can be wrong with a reading that someone else's program printed. */
export interface ReadingProblem {
  readonly code: "too-long" | "no-json" | "shape" | "contradiction";
  /** One sentence: what, where, what was expected. */
  readonly reason: string;
}

/** Longest reading, in characters. */
const LONGEST = 64 * 1024;

const count = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const counters = z.strictObject({
  requests: count,
  errors: count,
  latency: z
    .array(z.tuple([z.number().positive().max(86_400_000), count]))
    .max(200)
    .default([]),
  databaseCalls: count.default(0),
  databaseErrors: count.default(0),
  cacheHits: count.optional(),
  cpu: z.number().min(0).max(100_000).optional(),
  memory: z.number().min(0).max(100_000).optional(),
});
const look = z
  .strictObject({
    healthy: z.boolean(),
    problem: z.string().max(2000).optional(),
    version: z.string().max(200).optional(),
    counters,
  })
  .nullable();
const shape = z.strictObject({
  at: z.number().int().min(0).max(8_640_000_000_000_000).optional(),
  canary: look,
  baseline: look,
});

/** Reads a reading from what a program printed. Where it does not say when it was taken, that is `now`. */
export function readReading(text: string, now: Instant): Result<Reading, ReadingProblem> {
  if (text.length > LONGEST) {
    return bad("too-long", `The reading is longer than ${LONGEST} characters.`);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return bad(
      "no-json",
      "What was printed is not JSON. Print the reading to standard output, and nothing else.",
    );
  }
  const read = shape.safeParse(value);
  if (!read.success) {
    const [first] = read.error.issues;
    const where =
      first === undefined || first.path.length === 0 ? "the reading" : first.path.join(".");
    return bad("shape", `The reading is not of the right shape, at ${where}: ${first?.message}.`);
  }
  const { canary, baseline, at = now } = read.data;
  const wrong = contradiction("canary", canary) ?? contradiction("baseline", baseline);
  return wrong === null ? ok({ at, canary, baseline }) : bad("contradiction", wrong);
}

/** Numbers that cannot be true together; a judge would draw wrong conclusions from them. */
function contradiction(who: string, one: z.infer<typeof look>): string | null {
  if (one === null) return null;
  const { requests, errors, latency, databaseCalls, databaseErrors } = one.counters;
  if (errors > requests) return `The ${who} has more errors than requests.`;
  if (databaseErrors > databaseCalls)
    return `The ${who} has more database errors than database calls.`;
  const rises = latency.every(([upTo, count], index) => {
    const [lower, fewer] = latency[index - 1] ?? [0, 0];
    return upTo > lower && count >= fewer;
  });
  if (!rises) return `The latency buckets of the ${who} do not rise in bounds and running counts.`;
  if ((latency.at(-1)?.[1] ?? 0) > requests) return `The ${who} has more latencies than requests.`;
  return null;
}

function bad(code: ReadingProblem["code"], reason: string): Result<never, ReadingProblem> {
  return err({ code, reason });
}
