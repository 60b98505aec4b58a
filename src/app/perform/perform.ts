import { never } from "#core/base/result.ts";
import type { Answer } from "#core/gates/gate.ts";
import type { Reading } from "#core/judge/reading.ts";
import type { Terms } from "#core/release/plan.ts";
import type { Release } from "#core/release/state.ts";
import type { Target } from "../ports/outside.ts";
import type { Perform } from "../worker.ts";
import { announce } from "./announce.ts";
import { budgetAnswer } from "./budget.ts";
import { claim, free } from "./claim.ts";
import { runCommand } from "./command.ts";
import type { Outside } from "./outside.ts";
import { findDebts, findRecord } from "./past.ts";
import { freePlace, takePlace } from "./place.ts";

/** Who performs what: one line for each thing that a release can want. */
export function performer(outside: Outside): Perform {
  return async (key, wanted, release) => {
    switch (wanted.ask) {
      case "command":
        return await runCommand(outside, { key, question: wanted, release });
      case "claim":
        return await claim(outside.store, wanted.environment, release);
      case "free":
        return await free(outside.store, wanted.environment, release);
      case "free-place":
        return await freePlace(outside.store, wanted.place, release);
      case "place":
        return await takePlace(outside.store, wanted, { release, now: outside.clock() });
      case "record":
        return await findRecord(outside, wanted.record, release);
      case "debts":
        return await findDebts(outside, wanted.type, { release, now: outside.clock() });
      case "retreat": {
        const platform = outside.platform(wanted.environment, release.plan.terms);
        return await platform.weigh(key, targetOf(release.plan, wanted.environment), 0);
      }
      case "tag":
        return await outside.repository.tag(wanted.name, wanted.commit, wanted.message);
      case "announce":
        return await announce(outside, { key, ...wanted, release });
      case "tell":
        return await announce(outside, { key, ...wanted.outgoing, release });
      case "measure":
      case "look":
        return {
          outcome: "done",
          facts: {},
          reading: await read(outside, wanted.environment, release),
        };
      case "budget":
        return await budget(outside, wanted.environment, release);
      case "deploy": {
        const platform = outside.platform(wanted.environment, release.plan.terms);
        const target = targetOf(release.plan, wanted.environment);
        return await platform.deploy(key, target, wanted.timeout);
      }
      case "retire":
      case "promote": {
        const platform = outside.platform(wanted.environment, release.plan.terms);
        return await platform[wanted.ask](key, targetOf(release.plan, wanted.environment));
      }
      case "weigh": {
        const platform = outside.platform(wanted.environment, release.plan.terms);
        return await platform.weigh(key, targetOf(release.plan, wanted.environment), wanted.canary);
      }
      case "probe": {
        const { environment, version: of, paths, times, every, timeout } = wanted;
        const platform = outside.platform(environment, release.plan.terms);
        return await platform.probe(key, targetOf(release.plan, environment), {
          of,
          paths,
          times,
          every,
          timeout,
        });
      }
      default:
        return never(wanted);
    }
  };
}

function read(outside: Outside, environment: string, { plan }: Release): Promise<Reading> {
  return measure(outside, { environment, terms: plan.terms, target: targetOf(plan, environment) });
}

/** The record has minutes only; whether anything serves is seen from the environment itself. */
async function budget(outside: Outside, environment: string, release: Release): Promise<Answer> {
  const reading = await read(outside, environment, release);
  return await budgetAnswer(outside.store.measures, {
    environment,
    objectives: release.plan.terms.objectives,
    now: outside.clock(),
    serves: reading.baseline !== null,
  });
}

/** A reading of both versions of an environment. */
export async function measure(
  outside: Outside,
  {
    environment,
    terms,
    target,
  }: { environment: string; terms: Pick<Terms, "environments">; target: Target },
): Promise<Reading> {
  return await outside.platform(environment, terms).measure(target);
}

/** One version of an environment, with the services that run there. */
export function targetOf(
  plan: Pick<Release["plan"], "release" | "version" | "commit"> & {
    readonly terms: Pick<Terms, "services" | "environments">;
  },
  environment: string,
): Target {
  const { services, environments } = plan.terms;
  const names = environments[environment]?.services ?? [];
  const here =
    names.length === 0
      ? services
      : Object.fromEntries(Object.entries(services).filter(([name]) => names.includes(name)));
  return {
    environment,
    release: plan.release,
    version: plan.version,
    commit: plan.commit,
    services: here,
  };
}
