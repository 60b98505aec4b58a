import { createServer, type Server } from "node:http";
import { hasCode } from "../files.ts";
import { freePort } from "../port.ts";
import { forward } from "./forward.ts";
import { type LiveService, makeLiveService } from "./live.ts";
import { problem } from "./problem.ts";
import type { Routes } from "./routes.ts";
import { isWebSocket, passUpgrade } from "./upgrade.ts";

/** A service's port could not be listened on. */
export interface PortTrouble {
  readonly service: string;
  readonly port: number;
  readonly code: string;
}

/** The ports on which clients reach the services, and what is behind each. */
export interface Listeners {
  /** Opens what the routes want; all or nothing. Then the routes are in force. */
  set(routes: Routes): Promise<PortTrouble | null>;
  ports(): Readonly<Record<string, number>>;
  services(): ReadonlyMap<string, LiveService>;
  /** Takes no new connections; resolves when all requests are answered. */
  close(): Promise<void>;
}

interface Open {
  readonly service: string;
  readonly port: number;
  readonly server: Server;
}

/** @param remembered the ports from an earlier run, by service */
export function makeListeners(remembered: Readonly<Record<string, number>>): Listeners {
  const open = new Map<string, Open>();
  const live = new Map<string, LiveService>();
  const known = new Map(Object.entries(remembered));

  async function set({ services }: Routes): Promise<PortTrouble | null> {
    const opened: Open[] = [];
    for (const [service, { listen: wanted }] of Object.entries(services)) {
      const port = wanted || known.get(service) || (await freePort());
      if (open.get(service)?.port === port) continue;
      const server = serve(() => live.get(service));
      const code = await listen(server, port);
      if (code !== null) {
        await Promise.all(opened.map(shut));
        return { service, port, code };
      }
      opened.push({ service, port, server });
    }
    const dropped = [...open.values()].filter(({ service }) => !Object.hasOwn(services, service));
    for (const one of dropped) close(one);
    for (const one of opened) replace(one);
    for (const [service, one] of Object.entries(services)) liveOf(service).set(one);
    return null;
  }

  function liveOf(service: string): LiveService {
    const one = live.get(service) ?? makeLiveService();
    live.set(service, one);
    return one;
  }

  function close(one: Open): void {
    void shut(one);
    open.delete(one.service);
    live.delete(one.service);
  }

  function replace(one: Open): void {
    const old = open.get(one.service);
    if (old !== undefined) void shut(old);
    open.set(one.service, one);
    known.set(one.service, one.port);
  }

  return {
    set,
    ports: () => Object.fromEntries([...open.values()].map(({ service, port }) => [service, port])),
    services: () => live,
    close: async () => void (await Promise.all([...open.values()].map(shut))),
  };
}

function serve(service: () => LiveService | undefined): Server {
  const server = createServer(
    // Keep-alive outlasts that of usual clients, so that they are the ones who close. Uploads may take their time.
    { keepAliveTimeout: 75_000, requestTimeout: 0, shouldUpgradeCallback: isWebSocket },
    (request, response) => {
      const live = service();
      if (live === undefined) problem(response, 503, "The service is not routed any more.");
      else forward(live, request, response);
    },
  );
  return server.on("upgrade", (request, client, head) => {
    const live = service();
    if (live === undefined) client.destroy();
    else passUpgrade(live, request, { client, head });
  });
}

/** Listens for this machine only; answers the code of the error where that fails. */
function listen(server: Server, port: number): Promise<string | null> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (hasCode(error, "EADDRINUSE", "EACCES")) resolve(error.code ?? "");
      else reject(error);
    });
    server.listen({ port, host: "127.0.0.1", exclusive: true }, () => resolve(null));
  });
}

function shut({ server }: Open): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });
}
