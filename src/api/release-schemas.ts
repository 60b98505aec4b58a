// What the API says of releases: rows of the board, where one stands, what one would be.
import { z } from "zod";
import type { BoardRow } from "#app/ports/store.ts";
import { STATUSES } from "#core/release/state.ts";
import type { PlanReport } from "#core/reports/plan.ts";
import type { StatusReport } from "#core/reports/status.ts";
import { debtReport, duties, pause } from "./calendar-schemas.ts";
import { instant, millis, text } from "./fields.ts";

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

const askReport = z
  .object({
    name: text.describe("the item to tick, or the role to approve"),
    text: text,
    wanted: z.int(),
    given: z.array(z.object({ by: text, at: instant, note: text })),
  })
  .meta({ id: "Ask" });

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
    evidence: z
      .record(text, z.union([text, z.number(), z.boolean(), z.null()]))
      .describe("what the verdict rests on"),
    answeredAt: instant.nullable().describe("when its question was answered last"),
    asks: z.array(askReport).describe("what people are asked, and who has said yes"),
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

const bundle = z
  .object({ commit: text, artifacts: text, configuration: text, migrations: text, policy: text })
  .describe("what approvals bind to: a digest of each part")
  .meta({ id: "Bundle" });

const rollback = z
  .object({
    target: millis,
    bound: millis,
    steps: z.array(text),
    noReturn: text.nullable(),
    decidedAt: instant.nullable(),
    took: z.record(text, millis).describe("how long after the decision each moment was reached"),
    late: z.boolean().describe("it has taken longer than its target"),
    frozen: text
      .nullable()
      .describe("environment that no release may enter until a person lifts that"),
    reason: text.nullable(),
  })
  .meta({ id: "WayBack" });

const holdAhead = z
  .object({
    phase: text,
    gate: text,
    kind: text,
    owner: text.nullable(),
    asks: text.describe("what must be so that it passes"),
    opensAt: instant.nullable(),
  })
  .meta({ id: "HoldAhead" });

export const statusReport: z.ZodType<StatusReport> = z
  .object({
    ...row,
    status: z.enum(STATUSES),
    tag: text,
    commit: text,
    previous: text.nullable(),
    components: z
      .array(z.object({ component: text, version: text, tag: text }))
      .describe("the components that go out with versions of their own"),
    bundle,
    at: instant,
    requester: text,
    why: text.describe("why it does not go on, in one sentence; empty while it does"),
    wakeAt: instant.nullable(),
    asked: z.array(text).describe("what it asks of the world outside now"),
    phases: z.array(phaseReport),
    holds: z.array(gateReport).describe("the minimal set of gates to be lifted"),
    ahead: z.array(holdAhead).describe("the holds of later phases, in order"),
    traffic: traffic.nullable(),
    alerts: z.array(z.object({ cause: text, severity: text })),
    unticked: z
      .array(z.object({ gate: text.describe("the report"), item: text, text: text }))
      .describe("items of reports of the watch that nobody has ticked"),
    rollback,
    withdrawal: z
      .object({ decidedAt: instant, reason: text, steps: z.array(stepReport) })
      .nullable()
      .describe("the version was out and is being taken back"),
    pause: pause.nullable().describe("the freeze that keeps work from going on"),
    debts: z.array(debtReport).describe("what the release owes"),
    duties: duties.describe("who does what, and what the release waits for from whom"),
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
    bundle,
    bump: text,
    reasons: z.array(text),
    warnings: z.array(text),
    notes: text,
    changelog: text.describe("what the commits tell for the changelog, in Markdown"),
    day: text.describe("the day above it there"),
    files: z
      .array(z.object({ path: text, lines: z.array(text) }))
      .describe("what steps `write` would change, line by line"),
    components: z
      .array(
        z.object({
          component: text,
          previous: text.nullable(),
          bump: text,
          version: text,
          tag: text,
          changelog: text,
          reasons: z.array(text),
        }),
      )
      .describe("every component, those that stay as they are, too"),
    at: instant,
    earliest: instant.nullable().describe("when all windows are open for the first time"),
    phases: z.array(plannedPhase),
    lengths: z
      .array(z.object({ phase: text, weight: z.number(), length: millis, said: text }))
      .describe("how long each weight lasts, where the traffic decides that"),
    judge: z.array(text).describe("what the judge will see at each weight"),
    rollback: z.object({ target: millis, bound: millis, noReturn: text.nullable() }),
  })
  .meta({ id: "Plan" });
