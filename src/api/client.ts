import type { z } from "zod";
import type { Desk, Saying } from "#app/desk.ts";
import type { PlanAsk } from "#app/ports/planner.ts";
import type { Problem } from "#app/problem.ts";
import type { Entry } from "#core/audit/entry.ts";
import { err, ok, type Result } from "#core/base/result.ts";
import { SECOND } from "#core/base/time.ts";
import * as calendar from "./calendar-schemas.ts";
import { writeCursor } from "./cursor.ts";
import * as incidents from "./incident-schemas.ts";
import { policyDiff, policyInForce, policyVersions } from "./policy-schemas.ts";
import { problem } from "./problems.ts";
import { rehearsal } from "./rehearsal-schemas.ts";
import * as answers from "./release-schemas.ts";
import * as shape from "./schemas.ts";

type Answered<Value> = Promise<Result<Value, readonly Problem[]>>;

interface Request {
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  /** A body makes it a POST. */
  readonly body?: object;
  /** Idempotency key: the same on each repeat of one act. */
  readonly key?: string | undefined;
}

const TIMEOUT = 60 * SECOND;
const TRIES = 3;
/** As src/api/schemas.ts allows. */
const MOST_OF_A_PAGE = 1000;
/** What an address of the API can be; an id that does not fit in is that of no release. */
const PLAIN_PATH = /^(?:\/[A-Za-z0-9][A-Za-z0-9._+-]*)+$/;

/**
 * The desk of a server, by its HTTP API. The server knows the person by the token, so `by` never leaves this process. A
 * request that got no answer is repeated under its key, which the server does once.
 * @param server its URL without a slash at the end
 */
export function remoteDesk(server: string, token: string): Desk {
  const ask = async <Value>(request: Request, answer: z.ZodType<Value>): Answered<Value> =>
    PLAIN_PATH.test(request.path)
      ? await send({ server, token }, request, answer)
      : err([problem("no-release")]);
  const to = (release: string, act: string) =>
    `/api/releases/${release}${act === "" ? "" : `/${act}`}`;
  return {
    plan: (wish) => ask({ path: "/api/plan", body: wishOf(wish) }, answers.planReport),
    release: (wish, { request } = {}) =>
      ask({ path: "/api/releases", body: wishOf(wish), key: request }, answers.statusReport),
    revise: (release, _by, { request } = {}) =>
      ask({ path: to(release, "revise"), body: {}, key: request }, answers.statusReport),
    say: (release, saying, { request } = {}) =>
      ask(
        { path: to(release, saying.ask), body: bodyOf(saying), key: request },
        answers.statusReport,
      ),
    status: (release) => ask({ path: to(release, "") }, answers.statusReport),
    debts: async () => {
      const page = await ask({ path: "/api/debts" }, calendar.debtPage);
      return page.ok ? ok(page.value.debts) : page;
    },
    tell: (saying, { request } = {}) => {
      const { ask: act, by: _, ...said } = saying;
      if (saying.ask === "open")
        return ask({ path: "/api/incidents", body: said, key: request }, incidents.incident);
      const { incident, ...body } = said as typeof said & { incident: string };
      return ask(
        { path: `/api/incidents/${incident}/${act}`, body, key: request },
        incidents.incident,
      );
    },
    incidents: async () => {
      const page = await ask({ path: "/api/incidents" }, incidents.incidentPage);
      return page.ok ? ok(page.value.incidents) : page;
    },
    rehearse: (wish) => ask({ path: "/api/rehearsal", body: wishOf(wish) }, rehearsal),
    policy: () => ask({ path: "/api/policy" }, policyInForce),
    policies: async () => {
      const versions = await ask({ path: "/api/policies" }, policyVersions);
      return versions.ok ? ok(versions.value.policies) : versions;
    },
    policyDiff: (query) => ask({ path: "/api/policies/diff", query }, policyDiff),
    agenda: (days) => ask({ path: "/api/calendar", query: { ...days } }, calendar.agenda),
    releases: (filter) => allReleases(ask, filter),
    log: (wish) => allEntries(ask, to, wish),
    verify: (noted) => ask({ path: "/api/verify", query: { ...noted } }, shape.verifyReport),
  };
}

function wishOf({ by: _, ...wish }: PlanAsk): object {
  return wish;
}

function bodyOf({ ask: _, by: __, ...body }: Saying): object {
  return body;
}

type Ask = <Value>(request: Request, answer: z.ZodType<Value>) => Answered<Value>;

async function allEntries(
  ask: Ask,
  to: (release: string, act: string) => string,
  { release, after, limit }: Parameters<Desk["log"]>[0],
): ReturnType<Desk["log"]> {
  const path = release === undefined ? "/api/log" : to(release, "log");
  const entries: Entry[] = [];
  for (let from = after; ; ) {
    const query = { after: from, limit: Math.min(limit - entries.length, MOST_OF_A_PAGE) };
    const page = await ask({ path, query }, shape.logPage);
    if (!page.ok) return page;
    entries.push(...page.value.entries);
    if (page.value.next === null || entries.length >= limit) return ok(entries);
    from = page.value.next;
  }
}

async function allReleases(
  ask: Ask,
  { ended, before, limit }: Parameters<Desk["releases"]>[0],
): ReturnType<Desk["releases"]> {
  const rows: z.infer<typeof answers.releasePage>["releases"] = [];
  let cursor = before && writeCursor(before);
  do {
    const query = { ended, limit: Math.min(limit - rows.length, MOST_OF_A_PAGE), cursor };
    const page = await ask({ path: "/api/releases", query }, answers.releasePage);
    if (!page.ok) return page;
    rows.push(...page.value.releases);
    cursor = page.value.next ?? undefined;
  } while (cursor !== undefined && rows.length < limit);
  return ok(rows);
}

async function send<Value>(
  { server, token }: { server: string; token: string },
  request: Request,
  answer: z.ZodType<Value>,
): Answered<Value> {
  const key = request.key ?? crypto.randomUUID();
  for (let tries = 1; ; tries += 1) {
    try {
      const response = await fetch(addressOf(server, request), {
        method: request.body === undefined ? "GET" : "POST",
        redirect: "error",
        signal: AbortSignal.timeout(TIMEOUT),
        headers: {
          accept: "application/json, application/problem+json",
          authorization: `Bearer ${token}`,
          ...(request.body && { "content-type": "application/json", "idempotency-key": key }),
        },
        ...(request.body && { body: JSON.stringify(request.body) }),
      });
      return read(response.ok, await response.text(), answer);
    } catch {
      if (tries === TRIES) return err([unreachable(server)]);
    }
  }
}

function addressOf(server: string, { path, query }: Request): URL {
  const url = new URL(`${server}${path}`);
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined) url.searchParams.set(name, String(value));
  }
  return url;
}

function unreachable(server: string): Problem {
  return problem("no-server", {
    sentence: `The server ${server} cannot be reached.`,
    remedy:
      "See whether it runs (`holdpoint serve`) and whether --server or HOLDPOINT_SERVER is right.",
  });
}

function read<Value>(
  done: boolean,
  text: string,
  answer: z.ZodType<Value>,
): Result<Value, readonly Problem[]> {
  const json = parse(text);
  if (done) {
    const value = answer.safeParse(json);
    return value.success ? ok(value.data) : err([problem("bad-answer")]);
  }
  const document = shape.problemDocument.safeParse(json);
  return err(document.success ? document.data.problems : [problem("bad-answer")]);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
