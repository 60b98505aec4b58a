// The shapes that the API takes and gives. Requests are strict: what is not known is refused. Answers may grow: a client
// drops what it does not know. Moments are milliseconds since 1970-01-01T00:00Z, durations milliseconds, shares basis points.
import { z } from "zod";
import type { Problem } from "#app/problem.ts";
import type { VerifyReport } from "#app/verify.ts";
import type { Entry } from "#core/audit/entry.ts";
import type { Json } from "#core/base/canonical.ts";
import { line } from "#core/base/shape.ts";
import { gateName, instant, reason, text } from "./fields.ts";

const digest = z.string().regex(/^[0-9a-f]{64}$/);

export const releaseId = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._+-]{0,199}$/)
  .refine((id) => !id.includes(".."))
  .describe("id of a release");

export const wish = z
  .strictObject({
    type: line.max(64).optional().describe("release type; left out: the one the commits ask for"),
    ref: line.max(250).regex(/^[^-]/).optional().describe("branch, tag or commit; left out: HEAD"),
    at: instant.optional().describe("T-0; left out: now"),
    incident: line.max(200).optional(),
    bump: z.enum(["patch", "minor", "major"]).optional().describe("at least what commits ask for"),
    version: line.max(100).optional().describe("the very version; it needs a reason"),
    reason: line.optional().describe("why this version"),
    traffic: z
      .number()
      .positive()
      .max(1e9)
      .optional()
      .describe("requests per second that are to be expected; left out: those of the last hour"),
  })
  .meta({ id: "Wish" });

export const nothing = z.strictObject({}).meta({ id: "Nothing" });
export const approval = z
  .strictObject({
    gate: gateName,
    role: line.max(64).optional().describe("the role to sign as, where one has several"),
    note: reason.optional(),
  })
  .meta({ id: "Approval" });
export const tick = z
  .strictObject({ gate: gateName, item: z.string().min(1).max(64), note: reason.optional() })
  .meta({ id: "Tick" });
export const waiver = z.strictObject({ gate: gateName, reason }).meta({ id: "Waiver" });
export const retrial = z.strictObject({ gate: gateName.optional() }).meta({ id: "Retrial" });
export const order = z.strictObject({ reason }).meta({ id: "Order" });
export const settlement = z
  .strictObject({ done: z.boolean().describe("whether the step in doubt was done"), reason })
  .meta({ id: "Settlement" });

export const signIn = z
  .strictObject({ token: z.string().regex(/^[\x21-\x7e]{16,512}$/) })
  .meta({ id: "SignIn" });
export const session = z
  .object({ person: text, may: z.enum(["read", "act", "push"]) })
  .meta({ id: "Session" });

/** A number in an address. */
const count = (most: number) =>
  z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number)
    .refine((value) => value <= most);
const limit = (otherwise: number) =>
  count(1000)
    .refine((value) => value > 0)
    .default(otherwise);

export const listQuery = z.strictObject({
  ended: z
    .enum(["true", "false"])
    .transform((value) => value === "true")
    .optional()
    .describe("only ended releases, or only those under way"),
  limit: limit(50),
  cursor: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,400}$/)
    .optional()
    .describe("`next` of the page before"),
});
export const logQuery = z.strictObject({
  after: count(Number.MAX_SAFE_INTEGER)
    .default(0)
    .describe("a position: `next` of the page before"),
  limit: limit(200),
});
export const journalQuery = logQuery.extend({
  before: count(Number.MAX_SAFE_INTEGER)
    .optional()
    .describe("a position: the latest entries before it, and `next` goes further back"),
});
export const verifyQuery = z
  .strictObject({
    position: count(Number.MAX_SAFE_INTEGER).optional().describe("of a head noted down elsewhere"),
    hash: digest.optional(),
  })
  .refine(({ position, hash }) => (position === undefined) === (hash === undefined));
export const noQuery = z.strictObject({});

const json: z.ZodType<Json> = z.unknown() as never;
const entry: z.ZodType<Entry> = z
  .object({
    position: z.int(),
    stream: text,
    seq: z.int(),
    type: text,
    version: z.int(),
    at: instant,
    by: text,
    data: json,
    prev: digest,
    hash: digest,
  })
  .meta({ id: "Entry" });

export const logPage = z
  .object({
    entries: z.array(entry),
    next: z.int().nullable().describe("position to go on after; null: nothing more for now"),
  })
  .meta({ id: "LogPage" });

export const verifyReport: z.ZodType<VerifyReport> = z
  .object({
    sound: z.boolean(),
    entries: z.int(),
    head: z.object({ position: z.int(), hash: digest }).nullable(),
    wrong: z.object({ position: z.int(), sentence: text }).nullable(),
  })
  .meta({ id: "Proof" });

const problemFields = {
  code: text,
  sentence: text,
  remedy: text,
  where: text.optional(),
};
const oneProblem: z.ZodType<Problem> = z.object(problemFields);

/** RFC 9457, with our code and remedy; all problems where there are several. */
export const problemDocument = z
  .object({
    type: text.describe("address of the code in docs/errors.md"),
    title: text,
    status: z.int(),
    detail: text,
    code: text,
    remedy: text,
    problems: z.array(oneProblem),
  })
  .meta({ id: "Problem" });
