// A router process, and versions of services within the test's own process.
import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { readJson, readText } from "#processes/files.ts";
import type { RouterState } from "#processes/router/admin.ts";
import type { Listening } from "#processes/router.ts";
import { programPath } from "#processes/start.ts";
import { CODE } from "./local-world.ts";

const servers: Server[] = [];
const routers: ChildProcess[] = [];
const folders: string[] = [];

/** Ends all that tests have started here. */
export function closeRouters(): void {
  for (const router of routers) router.kill("SIGKILL");
  for (const server of servers) server.close().closeAllConnections();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
}

/** A version of a service within the test's own process. */
export async function service(
  listener: RequestListener,
  port = 0,
): Promise<{ server: Server; port: number }> {
  const server = createServer(listener).listen(port, "127.0.0.1");
  await once(server, "listening");
  servers.push(server);
  return { server, port: (server.address() as AddressInfo).port };
}

/** Says its version, and gives back what it was sent. */
export const says =
  (version: string): RequestListener =>
  (asked, answer) => {
    answer.setHeader("x-version", version);
    asked.pipe(answer);
  };

/** A router process of its own, on a new folder or one from before. */
export async function startRouter(folder = mkdtempSync(join(tmpdir(), "router-"))) {
  folders.push(folder);
  const before = readJson<Listening>(join(folder, "listening.json"));
  const router = spawn(process.execPath, [programPath("router"), folder], {
    env: { NODE_COMPILE_CACHE: CODE },
    stdio: ["ignore", "ignore", "inherit"],
  });
  routers.push(router);
  const listening = await until(() => {
    const now = readJson<Listening>(join(folder, "listening.json"));
    return now?.admin === before?.admin ? null : now;
  });
  const headers = { authorization: `Bearer ${readText(join(folder, "token"))}` };
  const ask = (method: string, path: string, body?: unknown) =>
    fetch(`http://127.0.0.1:${listening.admin}${path}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const put = async (
    services: Record<string, [version: string, port: number, weight: number][]>,
  ) => {
    const routes = Object.entries(services).map(([name, versions]) => [
      name,
      {
        listen: 0,
        versions: versions.map(([version, port, weight]) => ({ version, port, weight })),
      },
    ]);
    const response = await ask("PUT", "/routes", { services: Object.fromEntries(routes) });
    assert.equal(response.status, 200, await response.clone().text());
    return (await response.json()) as RouterState;
  };
  const state = async () => (await (await ask("GET", "/state")).json()) as RouterState;
  return { folder, router, ask, put, state };
}

/** What `read` gives once it gives something. */
export async function until<T>(read: () => T | null | Promise<T | null>): Promise<T> {
  const deadline = performance.now() + 10_000;
  for (;;) {
    const value = await read();
    if (value !== null) return value;
    assert.ok(performance.now() < deadline, "waited in vain");
    await pause(5);
  }
}
