import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { err, ok, type Result } from "#core/base/result.ts";
import { SECOND } from "#core/base/time.ts";
import { readJson, readText } from "#processes/files.ts";
import type { RouterState } from "#processes/router/admin.ts";
import type { PortTrouble } from "#processes/router/listeners.ts";
import type { Routes } from "#processes/router/routes.ts";
import type { Listening } from "#processes/router.ts";
import { programPath } from "#processes/start.ts";
import { ask, type Reply } from "./http.ts";
import { isKept, lastWords, startKept } from "./kept.ts";
import type { Places } from "./places.ts";

/** How long a router may take to be there, in ms. */
const BOOT = 15 * SECOND;

/** Sees to it that the environment has a router, and that it answers. */
export async function ensureRouter({ router, cache }: Places): Promise<void> {
  if (isKept(router) && (await routerState({ router })) !== null) return;
  const argv = [process.execPath, programPath("router"), router];
  const config = { argv, cwd: router, drain: 5 * SECOND };
  const deadline = performance.now() + BOOT;
  do {
    // Asked each time: a keeper that is just dying still looks like one.
    await startKept(router, { config, env: { NODE_COMPILE_CACHE: cache }, cache });
    if ((await routerState({ router })) !== null) return;
    await pause(10);
  } while (performance.now() < deadline);
  throw new Error(`The router in ${router} does not answer. ${lastWords(router)}`);
}

/** Sets all routes. They are in force, and kept, when this answers. */
export async function putRoutes(
  { router }: Pick<Places, "router">,
  routes: Routes,
): Promise<Result<RouterState, PortTrouble>> {
  const reply = await call(router, {
    method: "PUT",
    path: "/routes",
    body: JSON.stringify(routes),
  });
  if (typeof reply !== "string" && reply.status === 200) return ok(JSON.parse(reply.body));
  if (typeof reply !== "string" && reply.status === 409) return err(JSON.parse(reply.body));
  const why = typeof reply === "string" ? reply : `${reply.status}: ${reply.body}`;
  throw new Error(`The router in ${router} did not take its routes: ${why}`);
}

/** What the router does and has counted; null where it does not answer. */
export async function routerState({ router }: Pick<Places, "router">): Promise<RouterState | null> {
  const reply = await call(router, { method: "GET", path: "/state" });
  return typeof reply === "string" || reply.status !== 200 ? null : JSON.parse(reply.body);
}

async function call(
  router: string,
  what: { method: "GET" | "PUT"; path: string; body?: string },
): Promise<Reply | string> {
  const listening = readJson<Listening>(join(router, "listening.json"));
  const token = readText(join(router, "token"));
  if (listening === null || token === null) return "it is not there yet";
  return ask({ ...what, port: listening.admin, token, within: 10 * SECOND });
}
