// The parts list: with work.ts, which it loads when a worker starts, the only place where real things are joined.
import { openRepository } from "#adapters/git.ts";
import { localDesk } from "#app/desk.ts";
import { type Boundary, Handler } from "#app/handle.ts";
import type { Holdpoint, Place } from "#app/holdpoint.ts";
import type { Planner } from "#app/ports/planner.ts";
import type { Problem } from "#app/problem.ts";
import { withdrawnVersions } from "#app/withdrawn.ts";
import { err, ok, type Result } from "#core/base/result.ts";
import type { Millis } from "#core/base/time.ts";
import { openStore, storePlace } from "#store/open.ts";
import { verifyJournal } from "#store/verify-journal.ts";
import { surroundings } from "./config.ts";

export interface Options {
  /** Called at every place where a crash could fall; tests kill the process there. */
  readonly boundary?: Boundary;
  /** Where the console channel and troubles of the worker are told. */
  readonly write?: (text: string) => void;
  /** How soon another worker goes on after one died, in ms. */
  readonly lease?: Millis;
}

/** Opens Holdpoint on its own store: the desk at which everything is asked, and a worker that can be started. */
export async function openHoldpoint(
  place: Place,
  { boundary = () => {}, write = (text) => process.stderr.write(text), lease }: Options = {},
): Promise<Result<Holdpoint, readonly Problem[]>> {
  const { env } = surroundings();
  const opened = await openRepository(place.root, { path: env["PATH"], home: env["HOME"] });
  if (!opened.ok) return err([opened.error]);
  const repository = opened.value;
  const stored = await openStore(storePlace(place));
  if (!stored.ok) return err([stored.error.problem]);
  const store = stored.value;
  const clock = () => Date.now();
  const handler = new Handler(store, boundary);
  const planner: Planner = {
    plan: async (ask) => {
      // Loaded only here: most verbs plan nothing.
      const { repositoryPlanner } = await import("#app/planner.ts");
      const { readSound } = await import("#policy-file/check.ts");
      const readPolicy = () => readSound(place.policyFile);
      const withdrawn = (system: string) => withdrawnVersions(store, system);
      return await repositoryPlanner({ repository, clock, readPolicy, withdrawn }).plan(ask);
    },
  };
  return ok({
    store,
    desk: localDesk({
      store,
      handler,
      planner,
      clock,
      verify: (noted) => verifyJournal(store, noted),
    }),
    startWorker: () => {
      const started = import("./work.ts").then(({ startWork }) =>
        startWork({ place, store, repository, handler, boundary, clock, write, lease }),
      );
      return { stop: async () => (await started).stop() };
    },
    close: () => store.close(),
  });
}
