import type { z } from "zod";
import { openapiDocument } from "#api/openapi.ts";
import { problem } from "#api/problems.ts";
import type { OperationId, ROUTES } from "#api/routes.ts";
import type { Desk, Saying } from "#app/desk.ts";
import type { BoardRow, Store } from "#app/ports/store.ts";
import type { Problem } from "#app/problem.ts";
import { err, ok, type Result } from "#core/base/result.ts";
import type { StatusReport } from "#core/reports/status.ts";
import { problemAnswer } from "./answer.ts";
import { calendarAnswer } from "./calendar.ts";
import { pageOf } from "./page.ts";

type Table = typeof ROUTES;

/** A request that has been let in and read. */
export interface Asked<Id extends OperationId> {
  readonly person: string;
  /** Empty where the route has none. */
  readonly release: string;
  readonly query: z.output<Table[Id]["query"]>;
  readonly body: Table[Id] extends { readonly body: infer Shape extends z.ZodType }
    ? z.output<Shape>
    : undefined;
  /** Under which the store keeps an act's events. */
  readonly request: string;
  /** The request as it came, for streams. */
  readonly raw: Request;
}

type Answer<Id extends OperationId> = Table[Id]["answer"] extends z.ZodType
  ? Result<z.output<Table[Id]["answer"]>, readonly Problem[]>
  : Response;

/** What handlers work with. */
export interface Parts {
  readonly desk: Desk;
  readonly store: Pick<Store, "head">;
  readonly stream: (release: string, raw: Request) => Promise<Response>;
  readonly metrics: () => Promise<Response>;
}

export type Handlers = {
  readonly [Id in OperationId]: (asked: Asked<Id>, parts: Parts) => Promise<Answer<Id>>;
};

/** How many releases pages are cut from; older ones are in the journal. */
const MOST_ROWS = 5000;

/** One for each route of src/api/routes.ts. */
export const HANDLERS: Handlers = {
  listReleases: async ({ query: { ended, limit, cursor } }, { desk }) => {
    const filter = ended === undefined ? {} : { ended };
    const rows = await desk.releases({ ...filter, limit: MOST_ROWS });
    return rows.ok ? ok(pageOf<BoardRow>(rows.value, { limit, cursor })) : rows;
  },
  startRelease: ({ person, body, request }, { desk }) =>
    desk.release({ by: person, ...body }, request),
  plan: async ({ person, body }, { desk }) => await desk.plan({ by: person, ...body }),
  readRelease: ({ release }, { desk }) => desk.status(release),
  revise: ({ release, person, request }, { desk }) => desk.revise(release, person, request),
  approve: (asked, parts) => say(asked, { ask: "approve", ...by(asked), ...asked.body }, parts),
  tick: (asked, parts) => say(asked, { ask: "tick", ...by(asked), ...asked.body }, parts),
  waive: (asked, parts) => say(asked, { ask: "waive", ...by(asked), ...asked.body }, parts),
  prove: (asked, parts) => say(asked, { ask: "prove", ...by(asked), ...asked.body }, parts),
  discharge: (asked, parts) => say(asked, { ask: "discharge", ...by(asked), ...asked.body }, parts),
  retry: (asked, parts) => say(asked, { ask: "retry", ...by(asked), ...asked.body }, parts),
  rollback: (asked, parts) => say(asked, { ask: "rollback", ...by(asked), ...asked.body }, parts),
  abort: (asked, parts) => say(asked, { ask: "abort", ...by(asked), ...asked.body }, parts),
  settle: (asked, parts) => say(asked, { ask: "settle", ...by(asked), ...asked.body }, parts),
  readReleaseLog: ({ release, query }, parts) => readLog(parts.desk, { release, ...query }),
  listDebts: async (_, { desk }) => {
    const debts = await desk.debts();
    return debts.ok
      ? ok({ debts: debts.value.map((debt) => ({ ...debt, roles: [...debt.roles] })) })
      : debts;
  },
  readAgenda: async ({ query }, { desk }) => {
    const found = await desk.agenda(daysOf(query));
    return found.ok ? ok({ ...found.value, entries: [...found.value.entries] }) : found;
  },
  readCalendar: async ({ query }, { desk }) => {
    const found = await desk.agenda(daysOf(query));
    return found.ok ? calendarAnswer(found.value) : problemAnswer(found.error);
  },
  readLog: ({ query }, parts) => readLog(parts.desk, query),
  streamRelease: ({ release, raw }, { stream }) => stream(release, raw),
  verify: async ({ query: { position, hash } }, { desk }) =>
    await desk.verify(
      position === undefined || hash === undefined ? undefined : { position, hash },
    ),
  readDocument: async () => ok({ ...openapiDocument(), openapi: "3.1.1" }),
  isAlive: async () => ok({ status: "ok" }),
  isReady: async (_, { store }) => {
    try {
      await store.head();
      return ok({ status: "ok" });
    } catch {
      return err([problem("not-ready")]);
    }
  },
  readMetrics: (_, { metrics }) => metrics(),
};

function daysOf({ from, to }: { from?: string | undefined; to?: string | undefined }) {
  return { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
}

function by({ person }: { person: string }): { by: string } {
  return { by: person };
}

async function say(
  { release, request }: { release: string; request: string },
  saying: Saying,
  { desk }: Parts,
): Promise<Result<StatusReport, readonly Problem[]>> {
  return await desk.say(release, saying, request);
}

async function readLog(desk: Desk, ask: { release?: string; after: number; limit: number }) {
  const entries = await desk.log(ask);
  if (!entries.ok) return entries;
  const full = entries.value.length === ask.limit;
  const next = full ? (entries.value.at(-1)?.position ?? null) : null;
  return ok({ entries: [...entries.value], next });
}
