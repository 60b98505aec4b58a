import { z } from "zod";
import { problemKind } from "./problems.ts";
import type { Route } from "./route.ts";
import { OPERATIONS, type OperationId, route } from "./routes.ts";
import { problemDocument, releaseId } from "./schemas.ts";

type Document = { readonly [key: string]: unknown };

/** The API as OpenAPI 3.1, made from the route table and the very schemas that requests are checked with. */
export function openapiDocument(): Document {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const id of OPERATIONS) {
    const { path, method } = route(id);
    paths[path] = { ...paths[path], [method]: operation(id, route(id)) };
  }
  return {
    openapi: "3.1.1",
    info: {
      title: "Holdpoint",
      version: "1",
      description:
        "Plans releases, holds them until people and evidence say go, and runs them. Moments and durations are milliseconds, shares basis points.",
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: "/" }],
    security: [{ token: [] }],
    paths,
    components: {
      securitySchemes: { token: { type: "http", scheme: "bearer" } },
      schemas: namedShapes(),
    },
  };
}

function operation(id: OperationId, { summary, status, permission, ...rest }: Route): Document {
  const { body, answer, method } = rest;
  return {
    operationId: id,
    summary,
    "x-permission": permission,
    ...(permission === "public" && { security: [] }),
    parameters: parametersOf({ ...rest, permission }),
    ...(body && { requestBody: { required: true, content: json(body, "input") } }),
    responses: {
      [status]: {
        description: summary,
        ...(answer === shapeOfRelease && method === "get" && { headers: { ETag: textHeader } }),
        content:
          typeof answer === "string"
            ? { [answer]: { schema: { type: "string" } } }
            : json(answer, "output"),
      },
      ...problemsOf({ permission, ...rest }),
    },
  };
}

const shapeOfRelease = route("readRelease").answer;
const textHeader = { schema: { type: "string" } };

function parametersOf({
  path,
  query,
  method,
  permission,
}: Pick<Route, "path" | "query" | "method" | "permission">): unknown[] {
  const { properties = {}, required = [] } = z.toJSONSchema(query, { io: "input" }) as {
    properties?: Record<string, unknown>;
    required?: string[];
  };
  const inQuery = Object.entries(properties).map(([name, schema]) => ({
    name,
    in: "query",
    required: required.includes(name),
    schema,
  }));
  const parameter = (name: string, where: string, required: boolean, schema: unknown) => ({
    name,
    in: where,
    required,
    schema,
  });
  const text = { type: "string" };
  return [
    ...(path.includes("{release}")
      ? [parameter("release", "path", true, bare(z.toJSONSchema(releaseId)))]
      : []),
    ...(path.includes("{environment}") ? [parameter("environment", "path", true, text)] : []),
    ...(path.includes("{incident}") ? [parameter("incident", "path", true, text)] : []),
    ...inQuery,
    ...(permission === "act" ? [parameter("Idempotency-Key", "header", true, text)] : []),
    ...(method === "post" && path.includes("{release}")
      ? [parameter("If-Match", "header", false, text)]
      : []),
    ...(path.endsWith("/stream") ? [parameter("Last-Event-ID", "header", false, text)] : []),
  ];
}

/** Responses by status, each with the codes it can carry. */
function problemsOf(route: Pick<Route, "problems" | "permission" | "method">): Document {
  const { problems, permission, method } = route;
  const codes = [
    ...problems,
    "bad-request",
    "internal",
    ...(permission === "public" ? [] : ["not-authenticated"]),
    ...(permission === "public" ? [] : ["not-permitted"]),
    ...(method === "post" ? ["bad-json", "bad-media-type", "too-large", "too-deep"] : []),
    ...(permission === "act" ? ["key-missing", "key-reused"] : []),
  ];
  const byStatus = Map.groupBy([...new Set(codes)], (code) => problemKind(code).status);
  return Object.fromEntries(
    [...byStatus].map(([status, those]) => [
      status,
      {
        description: those.map((code) => `\`${code}\`: ${problemKind(code).title}`).join(" "),
        content: { "application/problem+json": { schema: refTo(problemDocument) } },
      },
    ]),
  );
}

function json(shape: z.ZodType, io: "input" | "output"): Document {
  const named = z.globalRegistry.get(shape)?.id;
  const schema = named === undefined ? bare(z.toJSONSchema(shape, { io })) : refTo(shape);
  return { "application/json": { schema } };
}

function refTo(shape: z.ZodType): Document {
  return { $ref: `#/components/schemas/${z.globalRegistry.get(shape)?.id}` };
}

/** Every shape with a name. Answers allow more fields than are named: they may grow. */
function namedShapes(): Document {
  const { schemas } = z.toJSONSchema(z.globalRegistry, {
    uri: (id) => `#/components/schemas/${id}`,
    io: "input",
  });
  return Object.fromEntries(
    Object.keys(schemas)
      .sort()
      .map((id) => [id, bare(schemas[id] ?? {})]),
  );
}

function bare(schema: object): Document {
  const { $schema: _, $id: __, id: ___, ...rest } = schema as Record<string, unknown>;
  return rest;
}
