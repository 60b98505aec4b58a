import { createHash, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { PortTrouble } from "./listeners.ts";
import type { UpstreamState } from "./live.ts";
import { problem } from "./problem.ts";
import { type Routes, readRoutes } from "./routes.ts";
import { exposition, type Series } from "./tally.ts";

export interface RouterState {
  /** Where each service is listened for. */
  readonly ports: Readonly<Record<string, number>>;
  readonly services: Readonly<Record<string, readonly UpstreamState[]>>;
}

export interface Administered {
  set(routes: Routes): Promise<PortTrouble | null>;
  state(): RouterState;
  series(): readonly Series[];
}

const MOST = 1024 * 1024;

/**
 * The router's own interface, for whoever can read its token file: `PUT /routes` (all routes, as JSON), `GET /state`,
 * `GET /metrics` (Prometheus). The token goes into `authorization: Bearer`.
 */
export function makeAdmin(token: string, router: Administered): Server {
  return createServer(async (request, response) => {
    try {
      if (isAllowed(request, token)) await answer(request, response, router);
      else problem(response, 401, "The token is wrong.");
    } catch (error) {
      problem(response, 500, error instanceof Error ? error.message : "It failed.");
    }
  });
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  router: Administered,
): Promise<void> {
  switch (`${request.method} ${request.url}`) {
    case "PUT /routes":
      await putRoutes(request, response, router);
      break;
    case "GET /state":
      json(response, router.state());
      break;
    case "GET /metrics":
      response.writeHead(200, { "content-type": "text/plain; version=0.0.4; charset=utf-8" });
      response.end(exposition(router.series()));
      break;
    default:
      problem(response, 404, "There are PUT /routes, GET /state and GET /metrics.");
  }
}

async function putRoutes(
  request: IncomingMessage,
  response: ServerResponse,
  router: Administered,
): Promise<void> {
  const routes = readRoutes(await body(request));
  const trouble = typeof routes === "string" ? null : await router.set(routes);
  if (typeof routes === "string") problem(response, 400, routes);
  else if (trouble === null) json(response, router.state());
  else problem(response, 409, `Port ${trouble.port} cannot be listened on.`, { ...trouble });
}

async function body(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    if (size > MOST) return null;
    chunks.push(chunk as Buffer);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString());
  } catch {
    return null;
  }
}

function isAllowed({ headers }: IncomingMessage, token: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(headers.authorization ?? ""), digest(`Bearer ${token}`));
}

function json(response: ServerResponse, value: unknown): void {
  response.writeHead(200, { "content-type": "application/json" });
  response.end(JSON.stringify(value));
}
