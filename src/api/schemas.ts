// The shapes that the API takes and gives. Requests are strict: what is not known is refused. Answers may grow: a client
// drops what it does not know. Moments are milliseconds since 1970-01-01T00:00Z, durations milliseconds, shares basis points.
import { z } from "zod";
import type { BoardRow } from "#app/ports/store.ts";
import type { Problem } from "#app/problem.ts";
import type { VerifyReport } from "#app/verify.ts";
import type { Entry } from "#core/audit/entry.ts";
import type { Json } from "#core/base/canonical.ts";
import { line } from "#core/base/shape.ts";
import { STATUSES } from "#core/release/state.ts";
import type { PlanReport } from "#core/reports/plan.ts";
import type { StatusReport } from "#core/reports/status.ts";
import { debtReport, pause } from "./calendar-schemas.ts";
import { gateName, instant, millis, reason, text } from "./fields.ts";

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
export const verifyQuery = z
  .strictObject({
    position: count(Number.MAX_SAFE_INTEGER).optional().describe("of a head noted down elsewhere"),
    hash: digest.optional(),
  })
  .refine(({ position, hash }) => (position === undefined) === (hash === undefined));
export const noQuery = z.strictObject({});

const row = {
  release: text,
  system: text,
  type: text,
  version: text,
  phase: text,
  plannedAt: instant,
  updatedAt: instant,
  ended: z.boolean(),
};
const boardRow: z.ZodType<BoardRow> = z.object({ ...row, status: text }).meta({ id: "Row" });

export const releasePage = z
  .object({
    releases: z.array(boardRow),
    next: text.nullable().describe("cursor of the next page"),
  })
  .meta({ id: "ReleasePage" });

const gateReport = z
  .object({
    name: text,
    kind: text,
    level: text,
    owner: text.nullable(),
    verdict: text,
    reason: text,
    lift: z.array(text).describe("who can lift it, and by doing what"),
    until: instant.nullable().describe("when the clock alone may change the verdict"),
  })
  .meta({ id: "Gate" });

const stepReport = z
  .object({
    id: text,
    kind: text,
    state: z.enum(["to come", "under way", "done", "failed", "in doubt", "to be retried"]),
    note: text,
  })
  .meta({ id: "Step" });

const phaseReport = z
  .object({
    name: text,
    environment: text.nullable(),
    state: z.enum(["to come", "waiting", "held", "working", "passed"]),
    opensAt: instant.nullable(),
    gates: z.array(gateReport),
    steps: z.array(stepReport),
  })
  .meta({ id: "Phase" });

const rate = z.number().nullable().describe("basis points; null without requests");
const traffic = z
  .object({
    weight: z.number().describe("share of the new version, in basis points"),
    verdict: text,
    reason: text,
    errorRate: z.object({ canary: rate, stable: rate }),
    requests: z.object({ canary: z.number(), stable: z.number() }),
    looks: z.int(),
  })
  .meta({ id: "Traffic" });

const rollback = z
  .object({
    target: millis,
    bound: millis,
    steps: z.array(text),
    noReturn: text.nullable(),
    decidedAt: instant.nullable(),
    reason: text.nullable(),
  })
  .meta({ id: "WayBack" });

export const statusReport: z.ZodType<StatusReport> = z
  .object({
    ...row,
    status: z.enum(STATUSES),
    tag: text,
    commit: text,
    previous: text.nullable(),
    at: instant,
    requester: text,
    why: text.describe("why it does not go on, in one sentence; empty while it does"),
    wakeAt: instant.nullable(),
    asked: z.array(text).describe("what it asks of the world outside now"),
    phases: z.array(phaseReport),
    holds: z.array(gateReport).describe("the minimal set of gates to be lifted"),
    traffic: traffic.nullable(),
    rollback,
    pause: pause.nullable().describe("the freeze that keeps work from going on"),
    debts: z.array(debtReport).describe("what the release owes"),
    earliest: z
      .object({ at: instant, because: z.array(text) })
      .nullable()
      .describe(
        "the earliest legal slot of its work; null once it has begun, or where there is none",
      ),
    end: z.object({ how: text, reason: text }).nullable(),
  })
  .meta({ id: "Release" });

const plannedPhase = z
  .object({
    name: text,
    environment: text.nullable(),
    opensAt: instant.nullable(),
    gates: z.array(z.object({ name: text, kind: text, owner: text.nullable() })),
    steps: z.array(text),
    bound: millis,
  })
  .meta({ id: "PlannedPhase" });

export const planReport: z.ZodType<PlanReport> = z
  .object({
    release: text,
    system: text,
    type: text,
    version: text,
    previous: text.nullable(),
    tag: text,
    commit: text,
    bundle: z.object({
      commit: text,
      artifacts: text,
      configuration: text,
      migrations: text,
      policy: text,
    }),
    bump: text,
    reasons: z.array(text),
    warnings: z.array(text),
    notes: text,
    changelog: text.describe("what the commits tell for the changelog, in Markdown"),
    day: text.describe("the day above it there"),
    files: z
      .array(z.object({ path: text, lines: z.array(text) }))
      .describe("what steps `write` would change, line by line"),
    at: instant,
    earliest: instant.nullable().describe("when all windows are open for the first time"),
    phases: z.array(plannedPhase),
    rollback: z.object({ target: millis, bound: millis, noReturn: text.nullable() }),
  })
  .meta({ id: "Plan" });

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
