import { join } from "node:path";
import type { Platform, ProbeAsk, Target } from "#app/ports/outside.ts";
import { ok } from "#core/base/result.ts";
import type { Answer, Evidence } from "#core/gates/gate.ts";
import type { Reading } from "#core/judge/reading.ts";
import type { LocalPlatform } from "#core/policy/outside.ts";
import { readJson } from "#processes/files.ts";
import { redact } from "#processes/redact.ts";
import type { RouterState } from "#processes/router/admin.ts";
import type { Listening } from "#processes/router.ts";
import {
  admit,
  type Deployed,
  dismiss,
  type EnvironmentState,
  find,
  type Moved,
  promote,
  retire,
  weigh,
} from "./environment.ts";
import { ask, fault } from "./local/http.ts";
import { stateOf, stopKept } from "./local/kept.ts";
import { ifFree, locked } from "./local/lock.ts";
import { lookAt, untilHealthy } from "./local/look.ts";
import { environmentsIn, placesOf } from "./local/places.ts";
import { prepare } from "./local/prepare.ts";
import { routerState } from "./local/router.ts";
import { folderOf, isBroken, readState, settle, type World, writeState } from "./local/settle.ts";
import { list, tidy } from "./local/tidy.ts";
import type { PlatformNeeds } from "./needs.ts";
import { inRounds } from "./rounds.ts";

export interface LocalNeeds extends Omit<PlatformNeeds, "repository"> {
  readonly repository: Pick<PlatformNeeds["repository"], "checkOut">;
}

/**
 * Services as processes of this machine, behind a router process. They run on while no Holdpoint does: each has a keeper
 * of its own, and so has the router.
 *
 * What is wanted of an environment is in one file. Every operation first writes there what it changes, and then makes
 * the world so; one that was cut off is completed by asking again, wherever it was. So keys are needed for builds only:
 * whether an effect has happened is seen from the world itself.
 */
export function makeLocal(config: LocalPlatform, needs: LocalNeeds): Platform {
  const worldOf = ({ environment }: Target): World => ({
    environment,
    places: placesOf(needs.folder, environment),
    port: config.port,
    drain: config.drain,
    source: needs.source,
  });
  const change = (target: Target, move: (state: EnvironmentState) => Moved): Promise<Answer> => {
    const world = worldOf(target);
    return locked(world.places.lock, () => apply(world, move(readState(world))));
  };

  async function deploy(key: string, target: Target, timeout: number): Promise<Answer> {
    const world = worldOf(target);
    const deadline = performance.now() + timeout;
    const answer = await locked(world.places.lock, () =>
      bring(key, target, { ...needs, world, deadline }),
    );
    return answer.outcome === "failed"
      ? failed(redact(`${target.version} was not deployed. ${answer.reason}`, needs.secrets))
      : answer;
  }

  async function measure(target: Target): Promise<Reading> {
    const world = worldOf(target);
    const router = await mend(world);
    const state = readState(world);
    const look = async (one: Deployed | null) => (one === null ? null : lookAt(world, one, router));
    const [canary, baseline] = await Promise.all([look(find(state, target)), look(state.stable)]);
    return { at: needs.now(), canary, baseline };
  }

  return {
    deploy,
    weigh: (_, target, canary) => change(target, (state) => weigh(state, target, canary)),
    retire: (_, target) => change(target, (state) => retire(state, target)),
    promote: (_, target) => change(target, (state) => promote(state, target)),
    probe: (_, target, asked) => probe(worldOf(target), target, asked),
    measure,
  };
}

/** Where people reach each service of an environment; nothing where no router has been started. */
export function addressesOf(folder: string, environment: string): Record<string, string> {
  const listening = readJson<Listening>(
    join(placesOf(folder, environment).router, "listening.json"),
  );
  const ports = Object.entries(listening?.services ?? {});
  return Object.fromEntries(ports.map(([name, port]) => [name, `http://127.0.0.1:${port}`]));
}

/** Ends every process of every environment in a data folder. What they were to be stays written down. */
export async function stopEnvironment(folder: string, drain = 2000): Promise<void> {
  const kept = list(environmentsIn(folder)).flatMap((environment) => {
    const { router, versions } = placesOf(folder, environment);
    const services = list(versions).flatMap((name) =>
      list(join(versions, name)).map((service) => join(versions, name, service)),
    );
    return [router, ...services];
  });
  await Promise.all(kept.map((one) => stopKept(one, drain)));
}

/** Brings a version up beside the stable one. One that does not become well is taken away again. */
async function bring(
  key: string,
  target: Target,
  needs: LocalNeeds & { readonly world: World; readonly deadline: number },
): Promise<Answer> {
  const { world, deadline } = needs;
  const before = readState(world);
  const moved = admit(before, target);
  if (!moved.ok) return failed(moved.error);
  const known = find(before, target);
  if (known !== null && known === before.stable) return apply(world, moved);
  tidy(needs.folder);
  const unprepared = await prepare(key, target, needs);
  if (unprepared !== null) return failed(unprepared);
  writeState(world, moved.value.state);
  const wanted = find(moved.value.state, target);
  const why = wanted === null ? null : await start(world, wanted, deadline);
  if (wanted === null || why === null) {
    return done({ ...moved.value.facts, ...urls(needs.folder, target.environment) });
  }
  await apply(world, ok({ state: dismiss(readState(world), wanted), facts: {} }));
  return failed(why);
}

/** Starts a version and waits until it is well; a sentence where it does not become so. */
async function start(world: World, wanted: Deployed, deadline: number): Promise<string | null> {
  const started = await settle(world);
  if (!started.ok) return started.error;
  const ill = await untilHealthy(world, wanted, deadline);
  if (ill !== null) return ill;
  // A service that found its port taken has another one by now.
  const routed = await settle(world);
  return routed.ok ? null : routed.error;
}

/** Writes what is wanted and makes it so. */
async function apply(world: World, moved: Moved): Promise<Answer> {
  if (!moved.ok) return failed(moved.error);
  writeState(world, moved.value.state);
  const settled = await settle(world);
  return settled.ok ? done(moved.value.facts) : failed(settled.error);
}

async function probe(world: World, target: Target, asked: ProbeAsk): Promise<Answer> {
  const state = readState(world);
  const one = asked.of === "stable" ? state.stable : find(state, target);
  if (one === null) {
    const which = asked.of === "stable" ? "No stable version" : target.version;
    return failed(`${which} runs in ${target.environment}, so there is nothing to probe.`);
  }
  const ways = Object.keys(one.services).flatMap((service) =>
    asked.paths.map((path) => ({ service, path })),
  );
  return inRounds(asked, async (left) => {
    for (const { service, path } of ways) {
      const { port } = stateOf(folderOf(world, one.name, service));
      const why = fault(await ask({ port, path, within: Math.min(left, 10_000) }));
      if (why !== null) return `${service} of ${one.version} ${why} at ${path}`;
    }
    return null;
  });
}

/** The router's state. Where something of the environment has died that nothing else brings back, it is started again. */
async function mend(world: World): Promise<RouterState> {
  const router = await routerState(world.places);
  if (router !== null && !isBroken(world, router)) return router;
  const mended = await ifFree(world.places.lock, () => settle(world));
  if (mended?.ok) return mended.value;
  if (router !== null) return router;
  throw new Error(mended?.error ?? `The router of ${world.environment} does not answer.`);
}

function urls(folder: string, environment: string): Evidence {
  const addresses = Object.entries(addressesOf(folder, environment));
  return Object.fromEntries(addresses.map(([service, url]) => [`url.${service}`, url]));
}

function done(facts: Evidence): Answer {
  return { outcome: "done", facts };
}

function failed(reason: string): Answer {
  return { outcome: "failed", reason };
}
