// The one place that knows of Hono and of Node's server.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { Hono } from "hono";
import { problem } from "#api/problems.ts";
import { OPERATIONS, route } from "#api/routes.ts";
import type { Holdpoint } from "#app/holdpoint.ts";
import { ProblemError } from "#app/problem.ts";
import { type Instant, type Millis, SECOND } from "#core/base/time.ts";
import { problemAnswer, problemBody, SAFE_HEADERS } from "./answer.ts";
import type { ConsolePages } from "./console.ts";
import { type DispatchParts, dispatch } from "./dispatch.ts";
import { type Counts, openCounts } from "./metrics.ts";
import { openOnce } from "./once.ts";
import { askerOf } from "./session.ts";
import type { PublicPage } from "./status-page.ts";
import { openStreams } from "./stream.ts";
import { openTails } from "./tails.ts";
import type { Tokens } from "./tokens.ts";

export interface ServerParts {
  readonly holdpoint: Pick<Holdpoint, "desk" | "store">;
  readonly tokens: Tokens;
  readonly listen: { readonly host: string; readonly port: number };
  /** Told of bugs, for the server's log. */
  readonly complain: (line: string) => void;
  readonly heartbeat?: Millis;
  readonly clock?: () => Instant;
  /** The console; null or left out: the API alone. */
  readonly pages?: ConsolePages | null;
  /** The public status page; left out: none. */
  readonly statusPage?: PublicPage;
}

export interface Serving {
  readonly url: string;
  /** Takes no more requests, lets those under way end, ends the streams. */
  stop(): Promise<void>;
}

/** How long requests under way may take once the server stops. */
const FAREWELL: Millis = 5 * SECOND;

/**
 * Serves the API.
 * @throws {ProblemError} when the port is taken, or when others could reach a server that has no tokens.
 */
export async function serve(parts: ServerParts): Promise<Serving> {
  const { holdpoint, tokens, listen, heartbeat } = parts;
  if (!isLoopback(listen.host) && tokens.none()) {
    throw new ProblemError(problem("open-without-tokens"));
  }
  const { desk, store } = holdpoint;
  const tail = openTails(store);
  const counts = openCounts({ desk, store });
  const allowed = (raw: Request) => ["read", "act"].includes(askerOf(raw, tokens)?.may ?? "");
  const streams = openStreams({ desk, store, tail, allowed, ...(heartbeat && { heartbeat }) });
  const app = appFor(
    {
      desk,
      store,
      tokens,
      tail,
      once: openOnce(store),
      stream: streams.open,
      streamBoard: streams.openBoard,
      metrics: () => counts.text({ streams: streams.count() }),
      complain: parts.complain,
      clock: parts.clock ?? (() => Date.now()),
    },
    parts,
  );
  const server = serverFor(app, counts);
  await listenOn(server, listen);
  const { address, family, port } = server.address() as AddressInfo;
  return {
    url: `http://${family === "IPv6" ? `[${address}]` : address}:${port}`,
    stop: async () => {
      const closed = new Promise<void>((done) => server.close(() => done()));
      streams.close();
      server.closeIdleConnections();
      const late = setTimeout(() => server.closeAllConnections(), FAREWELL);
      await closed;
      clearTimeout(late);
    },
  };
}

function appFor(
  parts: DispatchParts,
  { pages, statusPage }: Pick<ServerParts, "pages" | "statusPage">,
): Hono {
  const app = new Hono();
  for (const id of OPERATIONS) {
    const { method, path } = route(id);
    app.on(method.toUpperCase(), addressOf(path), (context) => {
      const { raw } = context.req;
      return dispatch(id, { raw, ...context.req.param() }, parts);
    });
  }
  for (const [path, methods] of methodsByPath()) {
    app.all(path, () =>
      problemAnswer([problem("bad-method")], { allow: methods.join(", ").toUpperCase() }),
    );
  }
  app.notFound(async ({ req: { raw } }) => {
    const found = (await statusPage?.(raw)) ?? pages?.(raw);
    return found ?? problemAnswer([problem("no-route")]);
  });
  app.onError((error) => {
    parts.complain(`a request failed before its route: ${error.stack}`);
    return problemAnswer([problem("internal")]);
  });
  return app;
}

/** A route's path as Hono writes it. */
function addressOf(path: string): string {
  return path.replace(/\{(\w+)\}/, ":$1");
}

function methodsByPath(): Map<string, string[]> {
  const paths = new Map<string, string[]>();
  for (const id of OPERATIONS) {
    const { method, path } = route(id);
    const name = addressOf(path);
    paths.set(name, [...(paths.get(name) ?? []), method]);
  }
  return paths;
}

function serverFor(app: Hono, counts: Counts): Server {
  const listener = getRequestListener(app.fetch, {
    overrideGlobalObjects: false,
    errorHandler: () => problemAnswer([problem("bad-request")]),
  });
  const server = createServer(
    { requestTimeout: 30 * SECOND, headersTimeout: 10 * SECOND, maxHeaderSize: 16 * 1024 },
    (incoming, outgoing) => {
      outgoing.once("finish", () => counts.answered(outgoing.statusCode));
      if (isPlainAddress(incoming)) void listener(incoming, outgoing);
      else refuse(outgoing);
    },
  );
  server.maxConnections = 1000;
  server.on("clientError", (error: NodeJS.ErrnoException, socket) => {
    // Browsers open connections ahead of need. To one that timed out, 408 says that the next request on it was not looked
    // at and may be sent again; any other answer would be taken for that request's own.
    const isLate = error.code === "ERR_HTTP_REQUEST_TIMEOUT";
    const said = isLate ? "408 Request Timeout" : "400 Bad Request";
    if (socket.writable) socket.end(`HTTP/1.1 ${said}\r\nconnection: close\r\n\r\n`);
    else socket.destroy();
  });
  return server;
}

/**
 * Whether an address is written in its one plain form: no escapes, no empty or dotted parts, no parameters. All our
 * addresses are, so there is nothing that two programs on the way could read differently.
 */
function isPlainAddress({ url = "" }: IncomingMessage): boolean {
  const [path = ""] = url.split("?", 1);
  return (
    /^(?:\/|(?:\/[A-Za-z0-9._+-]+)+)$/.test(path) &&
    path.split("/").every((part) => !/^\.+$/.test(part)) &&
    /^[\x21-\x7e]{1,4096}$/.test(url)
  );
}

function refuse(outgoing: ServerResponse): void {
  const document = problemBody([problem("no-route")]);
  outgoing.writeHead(document.status, {
    ...SAFE_HEADERS,
    "content-type": "application/problem+json",
    connection: "close",
  });
  outgoing.end(JSON.stringify(document));
}

function listenOn(server: Server, { host, port }: { host: string; port: number }): Promise<void> {
  return new Promise((done, failed) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const taken = problem("port-in-use", {
        sentence: `Another program listens on ${host}:${port} already.`,
        remedy: "Stop it, or choose another address with --listen.",
      });
      failed(error.code === "EADDRINUSE" ? new ProblemError(taken) : error);
    });
    server.listen(port, host, done);
  });
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127(?:\.\d{1,3}){3}$/.test(host);
}
