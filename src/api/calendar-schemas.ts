// The shapes of the calendar, of pauses, records, debts and duties.
import { z } from "zod";
import { line } from "#core/base/shape.ts";
import { DUTY_TIMES } from "#core/reports/duties.ts";
import { gateName, instant, reason, text } from "./fields.ts";

export const calendarQuery = z.strictObject({
  from: z.iso.date().optional().describe("first day; left out: today"),
  to: z.iso.date().optional().describe("last day; left out: a quarter later"),
});
export const debtReport = z
  .object({
    release: text,
    debt: text,
    what: text,
    roles: z.array(text).describe("who can settle it"),
    due: instant,
    state: z.enum(["open", "overdue", "settled"]),
    link: text.nullable().describe("where it can be seen that it is settled"),
  })
  .meta({ id: "Debt" });

export const debtPage = z.object({ debts: z.array(debtReport) }).meta({ id: "DebtPage" });

export const duties = z
  .object({
    when: z.enum(DUTY_TIMES).describe("before it goes out, while it does, or afterwards"),
    roles: z.array(
      z.object({
        role: text,
        people: z.array(text).describe("who counts for it now, deputies of the absent among them"),
        duties: z.array(text).describe("what the policy says that it does at this moment"),
        todo: z.array(text).describe("what the release waits for from it now"),
        later: z.int().describe("how many holds of phases to come ask it, too"),
      }),
    ),
  })
  .meta({ id: "Duties" });

const agendaEntry = z
  .object({
    uid: text.describe("the same for the same thing, whenever it is asked for"),
    kind: z.enum(["window", "freeze", "blackout", "release"]),
    from: instant,
    to: instant.nullable().describe("null for a moment: the T-0 of a release"),
    title: text,
    note: text,
  })
  .meta({ id: "AgendaEntry" });

export const agenda = z
  .object({
    system: text,
    zone: text,
    at: instant.describe("when it was made"),
    entries: z.array(agendaEntry),
  })
  .meta({ id: "Agenda" });

export const pause = z
  .object({
    freeze: text,
    running: z.enum(["pause", "retreat"]),
    reason: text,
    since: instant,
    until: instant.nullable(),
  })
  .meta({ id: "Pause" });

export const record = z
  .strictObject({
    gate: gateName,
    link: line.describe("where it can be seen"),
    when: instant.optional().describe("when it was done; left out: now"),
  })
  .meta({ id: "Record" });
export const discharge = z
  .strictObject({
    debt: z.string().min(1).max(100),
    link: line.describe("where it can be seen"),
    note: reason.optional(),
  })
  .meta({ id: "Discharge" });
