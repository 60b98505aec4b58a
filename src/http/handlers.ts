import type { z } from "zod";
import { readCursor, writeCursor } from "#api/cursor.ts";
import { openapiDocument } from "#api/openapi.ts";
import { problem } from "#api/problems.ts";
import type { OperationId, ROUTES } from "#api/routes.ts";
import type { Desk, Saying } from "#app/desk.ts";
import type { Carried } from "#app/handle.ts";
import type { Store } from "#app/ports/store.ts";
import type { Problem } from "#app/problem.ts";
import { err, ok, type Result } from "#core/base/result.ts";
import type { Instant } from "#core/base/time.ts";
import type { StatusReport } from "#core/reports/status.ts";
import { problemAnswer } from "./answer.ts";
import { calendarAnswer } from "./calendar.ts";
import { pushSamples } from "./push.ts";
import { signIn, signOut } from "./session.ts";
import type { Token, Tokens } from "./tokens.ts";

type Table = typeof ROUTES;

/** A request that has been let in and read. */
export interface Asked<Id extends OperationId> {
  readonly person: string;
  readonly may: Token["may"];
  /** Empty where the route has none. */
  readonly release: string;
  /** Empty where the route has none. */
  readonly environment: string;
  /** Empty where the route has none. */
  readonly incident: string;
  readonly query: z.output<Table[Id]["query"]>;
  readonly body: Table[Id] extends { readonly body: infer Shape extends z.ZodType }
    ? z.output<Shape>
    : undefined;
  /** The key under which the store keeps an act's events, and the end of the release that the asker had seen. */
  readonly carried: Carried;
  /** The request as it came, for streams. */
  readonly raw: Request;
}

/** A stream, a text or an answer with headers of its own is given as a response; all else as its value. */
type Answer<Id extends OperationId> =
  | Response
  | (Table[Id]["answer"] extends z.ZodType
      ? Result<z.output<Table[Id]["answer"]>, readonly Problem[]>
      : never);

/** What handlers work with. */
export interface Parts {
  readonly desk: Desk;
  readonly store: Pick<Store, "head" | "measures">;
  readonly clock: () => Instant;
  readonly tokens: Pick<Tokens, "bearer">;
  readonly streamBoard: (raw: Request) => Promise<Response>;
  readonly stream: (release: string, raw: Request) => Promise<Response>;
  readonly metrics: () => Promise<Response>;
}

export type Handlers = {
  readonly [Id in OperationId]: (asked: Asked<Id>, parts: Parts) => Promise<Answer<Id>>;
};

/** One for each route of src/api/routes.ts. */
export const HANDLERS: Handlers = {
  listReleases: async ({ query: { ended, limit, cursor } }, { desk }) => {
    const before = cursor === undefined ? null : readCursor(cursor);
    const filter = { ...(ended !== undefined && { ended }), ...(before && { before }) };
    const rows = await desk.releases({ ...filter, limit: limit + 1 });
    if (!rows.ok) return rows;
    const releases = rows.value.slice(0, limit);
    const last = releases.at(-1);
    const more = rows.value.length > limit && last !== undefined;
    return ok({ releases, next: more ? writeCursor(last) : null });
  },
  startRelease: ({ person, body, carried }, { desk }) =>
    desk.release({ by: person, ...body }, carried),
  plan: async ({ person, body }, { desk }) => await desk.plan({ by: person, ...body }),
  rehearse: async ({ person, body }, { desk }) => await desk.rehearse({ by: person, ...body }),
  readRelease: ({ release }, { desk }) => desk.status(release),
  revise: ({ release, person, carried }, { desk }) => desk.revise(release, person, carried),
  approve: (asked, parts) => say(asked, { ask: "approve", ...by(asked), ...asked.body }, parts),
  tick: (asked, parts) => say(asked, { ask: "tick", ...by(asked), ...asked.body }, parts),
  waive: (asked, parts) => say(asked, { ask: "waive", ...by(asked), ...asked.body }, parts),
  prove: (asked, parts) => say(asked, { ask: "prove", ...by(asked), ...asked.body }, parts),
  discharge: (asked, parts) => say(asked, { ask: "discharge", ...by(asked), ...asked.body }, parts),
  retry: (asked, parts) => say(asked, { ask: "retry", ...by(asked), ...asked.body }, parts),
  rollback: (asked, parts) => say(asked, { ask: "rollback", ...by(asked), ...asked.body }, parts),
  withdraw: (asked, parts) => say(asked, { ask: "withdraw", ...by(asked), ...asked.body }, parts),
  abort: (asked, parts) => say(asked, { ask: "abort", ...by(asked), ...asked.body }, parts),
  settle: (asked, parts) => say(asked, { ask: "settle", ...by(asked), ...asked.body }, parts),
  unfreeze: (asked, parts) => say(asked, { ask: "unfreeze", ...by(asked), ...asked.body }, parts),
  readReleaseLog: ({ release, query }, parts) => readLog(parts.desk, { release, ...query }),
  listDebts: async (_, { desk }) => {
    const debts = await desk.debts();
    return debts.ok
      ? ok({ debts: debts.value.map((debt) => ({ ...debt, roles: [...debt.roles] })) })
      : debts;
  },
  listIncidents: async (_, { desk }) => {
    const incidents = await desk.incidents();
    return incidents.ok ? ok({ incidents: [...incidents.value] }) : incidents;
  },
  openIncident: (asked, { desk }) =>
    desk.tell({ ask: "open", ...by(asked), ...asked.body }, asked.carried),
  updateIncident: (asked, { desk }) =>
    desk.tell({ ask: "update", ...by(asked), ...about(asked), ...asked.body }, asked.carried),
  resolveIncident: (asked, { desk }) =>
    desk.tell({ ask: "resolve", ...by(asked), ...about(asked), ...asked.body }, asked.carried),
  readPolicy: async (_, { desk }) => await desk.policy(),
  listPolicies: async (_, { desk }) => {
    const versions = await desk.policies();
    return versions.ok ? ok({ policies: [...versions.value] }) : versions;
  },
  diffPolicies: async ({ query }, { desk }) => await desk.policyDiff(query),
  readAgenda: async ({ query }, { desk }) => {
    const found = await desk.agenda(daysOf(query));
    return found.ok ? ok({ ...found.value, entries: [...found.value.entries] }) : found;
  },
  readCalendar: async ({ query }, { desk }) => {
    const found = await desk.agenda(daysOf(query));
    return found.ok ? calendarAnswer(found.value) : problemAnswer(found.error);
  },
  readLog: ({ query }, parts) => {
    const { before, ...onward } = query;
    return before === undefined
      ? readLog(parts.desk, onward)
      : readBack(parts, { before, limit: onward.limit });
  },
  streamBoard: ({ raw }, { streamBoard }) => streamBoard(raw),
  streamRelease: ({ release, raw }, { stream }) => stream(release, raw),
  pushSamples: (asked, parts) => pushSamples(asked, parts),
  verify: async ({ query: { position, hash } }, { desk }) =>
    await desk.verify(
      position === undefined || hash === undefined ? undefined : { position, hash },
    ),
  signIn: async ({ body: { token }, raw }, { tokens }) => signIn(token, raw, tokens),
  whoAmI: async ({ person, may }) => ok({ person, may }),
  signOut: async ({ person, may }) => signOut({ person, may }),
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

function about({ incident }: { incident: string }): { incident: string } {
  return { incident };
}

async function say(
  { release, carried }: { release: string; carried: Carried },
  saying: Saying,
  { desk }: Parts,
): Promise<Result<StatusReport, readonly Problem[]>> {
  return await desk.say(release, saying, carried);
}

/** The entries before a position. Positions have no gaps, so it is known where they begin. */
async function readBack(
  { desk, store }: Pick<Parts, "desk" | "store">,
  { before, limit }: { before: number; limit: number },
) {
  const end = Math.min(before - 1, (await store.head()).position);
  const after = Math.max(0, end - limit);
  if (end <= after) return ok({ entries: [], next: null });
  const entries = await desk.log({ after, limit: end - after });
  if (!entries.ok) return entries;
  return ok({ entries: [...entries.value], next: after === 0 ? null : after + 1 });
}

async function readLog(desk: Desk, ask: { release?: string; after: number; limit: number }) {
  const entries = await desk.log(ask);
  if (!entries.ok) return entries;
  const full = entries.value.length === ask.limit;
  const next = full ? (entries.value.at(-1)?.position ?? null) : null;
  return ok({ entries: [...entries.value], next });
}
