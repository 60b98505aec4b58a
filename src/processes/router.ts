// The one process that every request of an environment passes. It listens on one port per service and divides the
// requests among the versions by weight. All it knows is in its folder, so it can be started again at any time:
//   routes.json     where the traffic goes
//   listening.json  the ports it listens on, and the one on which it takes orders
//   token           the word that those orders must carry
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { flushCompileCache } from "node:module";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { readJson, readText, writeJson } from "./files.ts";
import { makeAdmin, type RouterState } from "./router/admin.ts";
import { makeListeners, type PortTrouble } from "./router/listeners.ts";
import type { Routes } from "./router/routes.ts";

/** Where a router listens, for those who look for it. */
export interface Listening {
  readonly admin: number;
  readonly services: Readonly<Record<string, number>>;
}

const folder = process.argv[2] ?? ".";
const path = (name: string) => join(folder, name);
const before = readJson<Listening>(path("listening.json"));
const listeners = makeListeners(before?.services ?? {});
let turn: Promise<unknown> = Promise.resolve();

const admin = makeAdmin(token(), { set: (routes) => inTurn(() => routes), state, series });
admin.listen(0, "127.0.0.1");
await once(admin, "listening");
process.on("SIGTERM", end);
const restored = await restore();
note();
flushCompileCache();
while (!restored) {
  await pause(1000);
  if (await restore()) break;
}

/** One change at a time, each on the disk before it is answered. */
function inTurn(routes: () => Routes): Promise<PortTrouble | null> {
  const mine = turn.then(async () => {
    const wanted = routes();
    const trouble = await listeners.set(wanted);
    if (trouble === null) {
      writeJson(path("routes.json"), wanted);
      note();
    }
    return trouble;
  });
  turn = mine.catch(() => undefined);
  return mine;
}

/** Goes on with the routes of the run before; false where someone else has taken one of the ports meanwhile. */
async function restore(): Promise<boolean> {
  const trouble = await inTurn(() => readJson(path("routes.json")) ?? { services: {} });
  if (trouble === null) return true;
  process.stderr.write(`Port ${trouble.port} for ${trouble.service}: ${trouble.code}.\n`);
  return false;
}

function note(): void {
  const { port } = admin.address() as AddressInfo;
  const listening: Listening = {
    admin: port,
    services: { ...before?.services, ...listeners.ports() },
  };
  writeJson(path("listening.json"), listening);
}

function state(): RouterState {
  const services = [...listeners.services()].map(([name, live]) => [name, live.state()] as const);
  return { ports: listeners.ports(), services: Object.fromEntries(services) };
}

function series() {
  return [...listeners.services()].flatMap(([service, live]) =>
    live.upstreams().map(({ version, counter }) => ({ service, version, counter })),
  );
}

function token(): string {
  const known = readText(path("token"));
  if (known !== null && known.length >= 32) return known;
  const made = randomBytes(32).toString("base64url");
  writeFileSync(path("token"), made, { mode: 0o600 });
  return made;
}

async function end(): Promise<void> {
  admin.close();
  await listeners.close();
  process.exit(0);
}
