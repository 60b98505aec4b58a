import { join, resolve, sep } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { environmentFor } from "#app/perform/outside.ts";
import { err, type Result } from "#core/base/result.ts";
import { readJson, writeJson } from "#processes/files.ts";
import type { RouterState } from "#processes/router/admin.ts";
import type { PortTrouble } from "#processes/router/listeners.ts";
import { type Deployed, EMPTY, type EnvironmentState, present } from "../environment.ts";
import { isKept, startKept, stateOf, stopKept } from "./kept.ts";
import type { Places } from "./places.ts";
import { ensureRouter, putRoutes, routerState } from "./router.ts";
import { routesOf } from "./routes.ts";

export interface World {
  readonly environment: string;
  readonly places: Places;
  /** Where the router listens for the first service; 0: anywhere. */
  readonly port: number;
  /** Milliseconds for requests under way before a version is stopped, and for its gentle end. */
  readonly drain: number;
  readonly source: Readonly<Record<string, string | undefined>>;
}

/**
 * Makes an environment what its state says: a router with those routes, a keeper for every service of the stable version
 * and of the canary, and nobody for the versions that are to be stopped. Whatever is so already stays untouched.
 * A sentence where the router cannot listen.
 */
export async function settle(world: World): Promise<Result<RouterState, string>> {
  const { places } = world;
  const state = readState(world);
  await ensureRouter(places);
  // The traffic comes first: turning it back must not wait for a sick version to be started again.
  const first = wantedRoutes(world, state);
  let put = await putRoutes(places, first);
  await Promise.all(present(state).map((one) => startVersion(world, one)));
  const then = wantedRoutes(world, state);
  if (JSON.stringify(then) !== JSON.stringify(first)) put = await putRoutes(places, then);
  if (!put.ok) return err(sayTrouble(world, put.error));
  if (state.retiring.length > 0) {
    await Promise.all(state.retiring.map((one) => stopVersion(world, one)));
    writeState(world, { ...state, retiring: [] });
  }
  return put;
}

function sayTrouble({ environment }: World, { service, port }: PortTrouble): string {
  return `Port ${port}, where ${service} of ${environment} is to be reached, is in use by another program. End that program, or set another \`port\` for the environment.`;
}

export function readState({ places }: Pick<World, "places">): EnvironmentState {
  return readJson<EnvironmentState>(places.state) ?? EMPTY;
}

/** Every version that an environment knows of. */
export function namedIn(state: EnvironmentState): Deployed[] {
  return [...present(state), ...state.retiring];
}

/** Writes what is wanted, to be there whatever happens next. */
export function writeState({ places }: World, state: EnvironmentState): void {
  writeJson(places.state, state, true);
}

/** Whether something that should run does not, or runs elsewhere than the router thinks. */
export function isBroken(world: World, router: RouterState | null): boolean {
  const state = readState(world);
  if (router === null) return true;
  const kept = present(state).every(({ name, services }) =>
    Object.keys(services).every((service) => isKept(folderOf(world, name, service))),
  );
  const wanted = Object.entries(wantedRoutes(world, state).services);
  const same = wanted.every(([service, { versions }]) =>
    versions.every((one) =>
      router.services[service]?.some(
        ({ version, port }) => one.version === version && one.port === port,
      ),
    ),
  );
  return !kept || !same;
}

/** The folder of the keeper of a version's service. */
export function folderOf({ places }: World, name: string, service: string): string {
  return join(places.versions, name, service);
}

/** A service's folder in the work tree of a commit; null where the policy leads out of the tree. */
export function sourceOf({ places }: World, commit: string, folder: string): string | null {
  const tree = join(places.trees, commit);
  const path = resolve(tree, folder);
  return path === tree || path.startsWith(tree + sep) ? path : null;
}

async function startVersion(
  world: World,
  { name, release, version, commit, services }: Deployed,
): Promise<void> {
  const about = {
    HOLDPOINT_ENVIRONMENT: world.environment,
    HOLDPOINT_RELEASE: release,
    HOLDPOINT_VERSION: version,
    HOLDPOINT_COMMIT: commit,
  };
  const starts = Object.entries(services).map(([service, { start, folder, env }]) =>
    startKept(folderOf(world, name, service), {
      config: {
        argv: start,
        cwd: sourceOf(world, commit, folder) ?? world.places.trees,
        drain: world.drain,
      },
      env: { ...environmentFor(env, world.source), ...about },
      cache: world.places.cache,
    }),
  );
  await Promise.all(starts);
}

/** Lets the requests under way be answered, then ends the version's processes. */
async function stopVersion(world: World, { name, services }: Deployed): Promise<void> {
  const deadline = performance.now() + world.drain;
  while ((await isBusy(world, name)) && performance.now() < deadline) await pause(20);
  const ends = Object.keys(services).map((service) =>
    stopKept(folderOf(world, name, service), world.drain),
  );
  await Promise.all(ends);
}

async function isBusy({ places }: World, name: string): Promise<boolean> {
  const state = await routerState(places);
  const all = Object.values(state?.services ?? {}).flat();
  return all.some(({ version, active }) => version === name && active > 0);
}

function wantedRoutes(world: World, state: EnvironmentState) {
  const portOf = (name: string, service: string) => stateOf(folderOf(world, name, service)).port;
  return routesOf(state, portOf, world.port);
}
