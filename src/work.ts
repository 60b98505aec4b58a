// What a worker needs of the outside, joined when one starts: verbs that only look never load it.
import { hostname } from "node:os";
import { join } from "node:path";
import { openChannel } from "#adapters/channel/table.ts";
import { openForge } from "#adapters/forge/table.ts";
import { platformOf } from "#adapters/platform/table.ts";
import { makeRunner } from "#adapters/runner.ts";
import type { Place } from "#app/holdpoint.ts";
import { type Outside, secretsIn } from "#app/perform/outside.ts";
import { performer } from "#app/perform/perform.ts";
import type { Channel, Platform } from "#app/ports/outside.ts";
import { Worker, type WorkerParts } from "#app/worker.ts";
import { digestOf } from "#core/base/digest.ts";
import { surroundings } from "./config.ts";

export interface Work
  extends Pick<WorkerParts, "store" | "handler" | "boundary" | "clock" | "lease">,
    Pick<Outside, "repository"> {
  readonly place: Place;
  /** Where the console channel and troubles of the worker are told. */
  readonly write: (text: string) => void;
}

/** Starts working on due releases. */
export function startWork({ place, repository, write, ...work }: Work): Worker {
  const { store, clock } = work;
  const { env } = surroundings();
  const { dataDir, root } = place;
  const secrets = secretsIn(env);
  const runner = makeRunner({ folder: join(dataDir, "jobs"), secrets });
  const needs = { folder: dataDir, repository, runner, source: env, secrets, now: clock };
  const outside: Outside = {
    ...{ store, repository, runner, clock, dataDir, variables: env },
    platform: platforms(needs),
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
  worker.start();
  return worker;
}

/** One platform for each way that an environment was ever described, kept as long as the process lives. */
function platforms(needs: Parameters<typeof platformOf>[1]): Outside["platform"] {
  return kept((name, terms) => {
    const environment = terms.environments[name];
    const platform: Platform | null =
      environment === undefined ? null : platformOf(environment, needs);
    if (platform === null) throw new Error(`the policy was not checked: ${name} has no platform`);
    return platform;
  });
}

function channels(around: Parameters<typeof openChannel>[1]): Outside["channel"] {
  return kept((name, terms) => {
    const channel = terms.channels[name];
    if (channel === undefined)
      throw new Error(`the policy was not checked: there is no channel ${name}`);
    const opened: Channel = openChannel(channel, around);
    return opened;
  });
}

type Terms = Parameters<Outside["platform"]>[1];

function kept<Part>(
  make: (name: string, terms: Terms) => Part,
): (name: string, terms: Terms) => Part {
  const known = new Map<string, Part>();
  return (name, terms) => {
    const key = digestOf([name, terms.environments[name] ?? null, terms.channels[name] ?? null]);
    const part = known.get(key) ?? make(name, terms);
    known.set(key, part);
    return part;
  };
}
