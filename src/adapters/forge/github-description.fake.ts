// GitHub's own OpenAPI description (schema/github.json), by which the fake judges what it is sent and what it answers.
import { readFileSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import { fileURLToPath } from "node:url";
import { z } from "zod";

export type Json = Record<string, unknown>;

interface Operation {
  readonly query: readonly { readonly name: string; readonly required: boolean }[];
  readonly types: readonly string[];
  readonly body: Json | null;
  readonly answers: Readonly<Record<string, Json | null>>;
}

const FILE = fileURLToPath(new URL("../../../schema/github.json", import.meta.url));
const { operations } = JSON.parse(readFileSync(FILE, "utf8")) as {
  operations: Readonly<Record<string, Operation>>;
};

/** An operation of the description that a request asks for, ready to judge it. */
export interface Route {
  readonly pattern: RegExp;
  readonly method: string;
  readonly name: string;
  readonly operation: Operation;
}

export const ROUTES: readonly Route[] = Object.entries(operations).map(([name, operation]) => {
  const [method = "", path = ""] = name.split(" ");
  const pattern = new RegExp(
    `^${path.replace(/\{(\w*id)\}/g, "(?<$1>\\d+)").replace(/\{(\w+)\}/g, "(?<$1>[^/]+)")}$`,
  );
  return { name, method, pattern, operation };
});

/** What is wrong with a request; null where it is one that GitHub takes. */
export function judgeRequest(
  { operation }: Route,
  { request, url, bytes }: { request: IncomingMessage; url: URL; bytes: Buffer },
  token: string,
): string | null {
  const { headers } = request;
  if (headers.authorization !== `Bearer ${token}`) return "the token is not there";
  if (!headers["user-agent"]) return "there is no user agent";
  if (headers["x-github-api-version"] !== "2022-11-28")
    return "the version of the API is not named";
  const known = operation.query.map(({ name }) => name);
  const stray = [...url.searchParams.keys()].find((name) => !known.includes(name));
  if (stray !== undefined) return `the query ${stray} is not known`;
  const missing = operation.query.find(
    ({ name, required }) => required && !url.searchParams.has(name),
  );
  if (missing !== undefined) return `the query ${missing.name} is missing`;
  if (operation.body === null) return null;
  if (headers["content-type"] !== "application/json") return "the body is no JSON";
  const said = JSON.parse(bytes.toString()) as Json;
  const stranger = Object.keys(said).find(
    (key) => !Object.hasOwn((operation.body?.["properties"] ?? {}) as Json, key),
  );
  if (stranger !== undefined) return `the body has ${stranger}, which is not known`;
  const read = schemaOf(operation.body).safeParse(said);
  return read.success ? null : z.prettifyError(read.error);
}

/** What is wrong with an answer of a status; null where GitHub could give it. */
export function judgeAnswer(
  { name, operation }: Route,
  status: number,
  body: unknown,
): string | null {
  const schema = operation.answers[String(status)];
  if (schema === undefined) return `${name} answers no ${status}`;
  if (schema === null || status >= 300) return null;
  const read = schemaOf(schema).safeParse(body);
  return read.success ? null : `${name} ${status}: ${z.prettifyError(read.error)}`;
}

const schemas = new Map<Json, z.ZodType>();

function schemaOf(schema: Json): z.ZodType {
  const known =
    schemas.get(schema) ?? z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0]);
  schemas.set(schema, known);
  return known;
}
