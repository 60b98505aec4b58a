// The parts list: the only place where real things are joined.
import { hostname } from "node:os";
import { join } from "node:path";
import { openChannel } from "#adapters/channel/table.ts";
import { openRepository } from "#adapters/git.ts";
import { platformOf } from "#adapters/platform/table.ts";
import { makeRunner } from "#adapters/runner.ts";
import { localDesk } from "#app/desk.ts";
import { type Boundary, Handler } from "#app/handle.ts";
import type { Holdpoint, Place } from "#app/holdpoint.ts";
import { type Outside, secretsIn } from "#app/perform/outside.ts";
import { performer } from "#app/perform/perform.ts";
import { repositoryPlanner } from "#app/planner.ts";
import type { Channel, Platform } from "#app/ports/outside.ts";
import type { Problem } from "#app/problem.ts";
import { Worker, type WorkerParts } from "#app/worker.ts";
import { digestOf } from "#core/base/digest.ts";
import { err, ok, type Result } from "#core/base/result.ts";
import { readSound } from "#policy-file/check.ts";
import { openStore, storePlace } from "#store/open.ts";
import { verifyJournal } from "#store/verify-journal.ts";
import { surroundings } from "./config.ts";

export interface Options {
  /** Called at every place where a crash could fall; tests kill the process there. */
  readonly boundary?: Boundary;
  /** Where the console channel and troubles of the worker are told. */
  readonly write?: (text: string) => void;
}

/** Opens Holdpoint on its own store: the desk at which everything is asked, and a worker that can be started. */
export async function openHoldpoint(
  place: Place,
  { boundary = () => {}, write = (text) => process.stderr.write(text) }: Options = {},
): Promise<Result<Holdpoint, readonly Problem[]>> {
  const { env } = surroundings();
  const opened = await openRepository(place.root, { path: env["PATH"], home: env["HOME"] });
  if (!opened.ok) return err([opened.error]);
  const repository = opened.value;
  const stored = await openStore(storePlace(place));
  if (!stored.ok) return err([stored.error.problem]);
  const store = stored.value;
  const clock = () => Date.now();
  const runner = makeRunner({ folder: join(place.dataDir, "jobs"), secrets: secretsIn(env) });
  const { dataDir, root } = place;
  const outside: Outside = {
    ...{ store, repository, runner, clock, dataDir, variables: env },
    platform: platforms({
      folder: dataDir,
      repository,
      runner,
      source: env,
      secrets: secretsIn(env),
      now: clock,
    }),
    channel: channels({ root, clock, write }),
  };
  const handler = new Handler(store, boundary);
  const planner = repositoryPlanner({
    repository,
    clock,
    readPolicy: () => readSound(place.policyFile),
  });
  return ok({
    store,
    desk: localDesk({
      store,
      handler,
      planner,
      clock,
      verify: (noted) => verifyJournal(store, noted),
    }),
    startWorker: () =>
      startWorker({ store, handler, perform: performer(outside), clock, boundary }, write),
    close: () => store.close(),
  });
}

function startWorker(
  parts: Omit<WorkerParts, "owner" | "report">,
  write: (text: string) => void,
): Worker {
  const owner = `${hostname()}/${process.pid}/${crypto.randomUUID()}`;
  const worker = new Worker({
    ...parts,
    owner,
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
