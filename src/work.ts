// What a worker needs of the outside, joined when one starts: verbs that only look never load it.
import { hostname } from "node:os";
import { join } from "node:path";
import { openChannel } from "#adapters/channel/table.ts";
import { openForge } from "#adapters/forge/table.ts";
import { platformOf } from "#adapters/platform/table.ts";
import { makeRunner } from "#adapters/runner.ts";
import { counted, type SourceNeeds, sourceOf } from "#adapters/samples/table.ts";
import { tellBurns } from "#app/burn-alerts.ts";
import type { Place } from "#app/holdpoint.ts";
import { Meter } from "#app/meter.ts";
import { readEnvironment } from "#app/meter-reading.ts";
import { otherReleases } from "#app/others.ts";
import type { PageKeeper } from "#app/page-keeper.ts";
import { type Outside, secretsIn } from "#app/perform/outside.ts";
import { performer } from "#app/perform/perform.ts";
import type { Channel, Platform } from "#app/ports/outside.ts";
import { Worker, type WorkerParts } from "#app/worker.ts";
import { digestOf } from "#core/base/digest.ts";
import type { Policy } from "#core/policy/policy.ts";
import { surroundings } from "./config.ts";

export interface Work
  extends Pick<WorkerParts, "store" | "handler" | "boundary" | "clock" | "lease">,
    Pick<Outside, "repository"> {
  readonly place: Place;
  readonly keeper: PageKeeper;
  /** The policy as its file says it now; null while it cannot be read. */
  readonly policy: () => Promise<Policy | null>;
  /** Where the console channel and troubles of the worker are told. */
  readonly write: (text: string) => void;
}

/** Starts working on due releases, and measuring environments. */
export function startWork({ place, repository, policy, write, keeper, ...work }: Work): {
  stop(): Promise<void>;
} {
  const { store, clock } = work;
  const { env } = surroundings();
  const { dataDir, root } = place;
  const secrets = secretsIn(env);
  const runner = makeRunner({ folder: join(dataDir, "jobs"), secrets });
  const needs = { folder: dataDir, repository, runner, source: env, secrets, now: clock };
  const outside: Outside = {
    ...{ store, repository, runner, clock, dataDir, variables: env },
    others: (than) => otherReleases(work, than),
    platform: platforms(needs, {
      measures: store.measures,
      now: clock,
      report: (problem) => write(`holdpoint: ${problem}; it is tried again\n`),
    }),
    channel: channels({ root, clock, write }),
    forge: ({ forge }) => {
      if (forge === undefined) throw new Error("the policy was not checked: there is no forge");
      return openForge(forge, { root, source: env });
    },
  };
  const worker = new Worker({
    ...work,
    perform: performer(outside),
    owner: `${hostname()}/${process.pid}/${crypto.randomUUID()}`,
    report: ({ release, intent, error }) => {
      const why = error instanceof Error ? error.message : String(error);
      write(`holdpoint: ${intent ?? release}: ${why}; it is tried again\n`);
    },
  });
  const meter = new Meter({
    ...{ store, clock, policy },
    read: (of, environment) => readEnvironment(outside, work.handler, { policy: of, environment }),
    after: (of, now) => tellBurns(outside, of, now),
    report: ({ environment, error }) => {
      const why = error instanceof Error ? error.message : String(error);
      write(`holdpoint: measuring ${environment}: ${why}; it is tried again\n`);
    },
  });
  worker.start();
  meter.start();
  keeper.start();
  return {
    async stop() {
      await Promise.all([worker.stop(), meter.stop()]);
      // Last, so that the page has the last word of them.
      await keeper.stop();
    },
  };
}

/** One platform for each way that an environment was ever described, kept as long as the process lives. */
function platforms(
  needs: Parameters<typeof platformOf>[1],
  sources: SourceNeeds,
): Outside["platform"] {
  const keep = keeper<Platform>();
  return (name, { environments }) => {
    const environment = environments[name];
    const platform =
      environment && keep([name, environment], () => measured(environment, needs, sources));
    if (!platform) throw new Error(`the policy was not checked: ${name} has no platform`);
    return platform;
  };
}

/** The platform, with its counts from elsewhere where the policy says so. */
function measured(
  environment: Policy["environments"][string],
  needs: Parameters<typeof platformOf>[1],
  sources: SourceNeeds,
): Platform | null {
  const platform = platformOf(environment, needs);
  const source = environment.samples && sourceOf(environment.samples, sources);
  return platform && source ? counted(platform, source) : platform;
}

function channels(around: Parameters<typeof openChannel>[1]): Outside["channel"] {
  const keep = keeper<Channel>();
  return (name, terms) => {
    const channel = terms.channels[name];
    if (channel === undefined)
      throw new Error(`the policy was not checked: there is no channel ${name}`);
    return keep([name, channel], () => openChannel(channel, around));
  };
}

/** Makes a thing once for each way in which it is described. */
function keeper<Part>() {
  const known = new Map<string, Part>();
  return <Made extends Part | null>(said: readonly unknown[], make: () => Made): Part | Made => {
    const key = digestOf(said);
    const part = known.get(key) ?? make();
    if (part !== null) known.set(key, part);
    return part;
  };
}
