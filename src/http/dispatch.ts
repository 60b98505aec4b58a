import { incidentName } from "#api/incident-schemas.ts";
import { problem, problemOf } from "#api/problems.ts";
import { type OperationId, route } from "#api/routes.ts";
import { releaseId } from "#api/schemas.ts";
import type { Carried } from "#app/handle.ts";
import type { Problem } from "#app/problem.ts";
import { err, ok, type Result } from "#core/base/result.ts";
import { name } from "#core/base/shape.ts";
import type { Incident } from "#core/incidents/incident.ts";
import type { StatusReport } from "#core/reports/status.ts";
import { jsonAnswer, problemAnswer } from "./answer.ts";
import { readBody, readQuery } from "./body.ts";
import { type Asked, HANDLERS, type Parts } from "./handlers.ts";
import type { Once } from "./once.ts";
import { askerOf } from "./session.ts";
import { etagOf, matches, type Tail } from "./tails.ts";
import type { Token, Tokens } from "./tokens.ts";

export interface DispatchParts extends Parts {
  readonly tokens: Pick<Tokens, "bearer">;
  readonly once: Once;
  readonly tail: (release: string) => Promise<Tail | null>;
  /** Told of bugs, for the server's log. */
  readonly complain: (line: string) => void;
}

type Read<Value> = Result<Value, readonly Problem[]>;
/** A request that has been let in and read, before its operation's own types are known. */
type AnyAsked = Asked<never> & { readonly body: object; readonly query: object };

/** A request with what its address names. */
interface Addressed {
  readonly raw: Request;
  readonly release?: string | undefined;
  readonly environment?: string | undefined;
  readonly incident?: string | undefined;
}

/** What a token must be made for, by what a route permits. */
const ALLOWED: Readonly<Record<"read" | "act" | "push", readonly string[]>> = {
  read: ["read", "act"],
  act: ["act"],
  push: ["push", "act"],
};

/**
 * One request: let in or not, read, done, answered. Whatever happens, it is answered; a bug is told to the log under a
 * reference and to the asker by that reference only.
 */
export async function dispatch(
  id: OperationId,
  { raw, release = "", environment = "", incident = "" }: Addressed,
  parts: DispatchParts,
): Promise<Response> {
  try {
    const asked = await letIn(id, { raw, release, environment, incident }, parts.tokens);
    return asked.ok ? await act(id, asked.value, parts) : problemAnswer(asked.error);
  } catch (error) {
    const known = problemOf(error);
    if (known !== null) return problemAnswer([known]);
    const reference = crypto.randomUUID();
    parts.complain(`${id} failed, reference ${reference}: ${(error as Error)?.stack ?? error}`);
    const remedy = `Look for ${reference} in the server's log, and report it.`;
    return problemAnswer([problem("internal", { remedy })]);
  }
}

/** Why a token does not open a route; null where it does. */
function shutOut(permission: keyof typeof ALLOWED, token: Token | null) {
  if (token === null) return "not-authenticated";
  return ALLOWED[permission].includes(token.may) ? null : "not-permitted";
}

/** The permission is part of the route: a route that says nothing of it does not compile. */
async function letIn(
  id: OperationId,
  { raw, release, environment, incident }: Required<Addressed>,
  tokens: Pick<Tokens, "bearer">,
): Promise<Read<AnyAsked>> {
  const { permission, path, query: queryShape, body: bodyShape } = route(id);
  const token = askerOf(raw, tokens);
  const stranger = permission === "public" ? null : shutOut(permission, token);
  if (stranger !== null) return err([problem(stranger)]);
  if (path.includes("{environment}") && !name.safeParse(environment).success)
    return err([problem("no-route")]);
  if (path.includes("{release}") && !releaseId.safeParse(release).success) {
    return err([problem("no-release")]);
  }
  if (path.includes("{incident}") && !incidentName.safeParse(incident).success)
    return err([problem("no-incident")]);
  const query = readQuery(new URL(raw.url), queryShape);
  if (!query.ok) return query;
  const { person, may } = token ?? { person: "", may: "read" };
  const asked = {
    person,
    may,
    release,
    environment,
    incident,
    query: query.value,
    body: {},
    raw,
    carried: {},
  };
  if (bodyShape === undefined) return ok(asked as AnyAsked);
  const key = raw.headers.get("idempotency-key") ?? "";
  if (permission === "act" && !/^[\x21-\x7e]{1,200}$/.test(key))
    return err([problem("key-missing")]);
  const body = await readBody(raw, bodyShape);
  return body.ok ? ok({ ...asked, body: body.value, carried: { request: key } } as AnyAsked) : body;
}

async function act(id: OperationId, asked: AnyAsked, parts: DispatchParts): Promise<Response> {
  const { status, permission, records } = route(id);
  const handler = HANDLERS[id] as (
    asked: AnyAsked,
    parts: Parts,
  ) => Promise<Read<unknown> | Response>;
  if (permission !== "act" || records === false) {
    const answer = await handler(asked, parts);
    if (answer instanceof Response) return answer;
    if (!answer.ok) return problemAnswer(answer.error);
    return jsonAnswer(answer.value, { status, headers: await tagOf(asked.release, parts) });
  }
  const { release, incident, person, body } = asked;
  const acted = await parts.once(
    { person, key: asked.carried.request ?? "", operation: id, to: release || incident, body },
    subjectOf(id, parts),
    async (request) => {
      const seen = await seenBy(asked, parts);
      if (!seen.ok) return seen;
      const carried = { request, ...seen.value };
      return (await handler({ ...asked, carried }, parts)) as Read<Subject>;
    },
  );
  if (!acted.ok) return problemAnswer(acted.error);
  const { value } = acted;
  const headers = "release" in value ? await tagOf(value.release, parts) : {};
  return jsonAnswer(value, { status, headers });
}

type Subject = StatusReport | Incident;

/** What an operation acts on, so that an act that is repeated is answered with where that stands now. */
function subjectOf(id: OperationId, { desk }: Pick<Parts, "desk">) {
  const isIncident = route(id).path.startsWith("/api/incidents");
  return {
    nameOf: (value: Subject) => ("release" in value ? value.release : value.incident),
    now: async (name: string): Promise<Read<Subject>> => {
      if (!isIncident) return await desk.status(name);
      const all = await desk.incidents();
      if (!all.ok) return all;
      const found = all.value.find(({ incident }) => incident === name);
      return found === undefined ? err([problem("no-incident")]) : ok(found);
    },
  };
}

/** The end of the release that an asker with an If-Match had seen: the append itself then holds the act to it. */
async function seenBy(
  { raw, release }: AnyAsked,
  { tail }: Pick<DispatchParts, "tail">,
): Promise<Read<Pick<Carried, "seen">>> {
  const wanted = raw.headers.get("if-match");
  if (release === "" || wanted === null || wanted.trim() === "*") return ok({});
  const last = await tail(release);
  if (last === null || !matches(wanted, etagOf(last))) return err([problem("changed-meanwhile")]);
  return ok({ seen: last.seq });
}

async function tagOf(
  release: string,
  { tail }: Pick<DispatchParts, "tail">,
): Promise<Record<string, string>> {
  const last = release === "" ? null : await tail(release);
  return last === null ? {} : { etag: etagOf(last) };
}
