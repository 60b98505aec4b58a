// The parts list: with work.ts, which it loads when a worker starts, the only place where real things are joined.
import { join, relative } from "node:path";
import type { Boundary } from "#app/handle.ts";
import type { Holdpoint, Place } from "#app/holdpoint.ts";
import { localDesk } from "#app/local-desk.ts";
import type { Repository } from "#app/ports/outside.ts";
import type { Planner } from "#app/ports/planner.ts";
import { type Problem, ProblemError } from "#app/problem.ts";
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
  const stored = await openStore(storePlace(place));
  if (!stored.ok) return err([stored.error.problem]);
  const store = stored.value;
  const clock = () => Date.now();
  // Loaded and opened only here: most verbs plan nothing and do no work, and a list needs no engine.
  const engine = once(async () => (await import("#app/engine.ts")).engineOn(store, boundary));
  const repository = once(() => repositoryOf(place));
  const readPolicy = async () => {
    const { readSound } = await import("#policy-file/check.ts");
    return await readSound(place.policyFile);
  };
  const planner: Planner = {
    policy: readPolicy,
    plan: async (ask) => {
      const opened = await repository();
      if (!opened.ok) return opened;
      const { repositoryPlanner } = await import("#app/planner.ts");
      const { formerVersions } = await import("#app/former-versions.ts");
      const former = formerVersions(store, (await engine()).handler);
      const parts = { repository: opened.value, clock, readPolicy, ...former };
      return await repositoryPlanner(parts).plan(ask);
    },
  };
  const policy = async () => {
    const { readSound } = await import("#policy-file/check.ts");
    const read = await readSound(place.policyFile);
    return read.ok ? read.value : null;
  };
  const pageKeeper = async () => {
    const { incidents } = await engine();
    return await keeperIn(place, { store, clock, policy, incidents, write });
  };
  return ok({
    store,
    desk: localDesk({
      store,
      engine,
      planner,
      policyFile: async (today) =>
        await (await import("#policy-file/check.ts")).checkFile(place.policyFile, today),
      policyAt: async (commit) => {
        const opened = await repository();
        return opened.ok ? await policyAt(place, opened.value, commit) : null;
      },
      clock,
      verify: async (noted) => await verifyJournal(store, noted),
    }),
    startWorker: async () => {
      const opened = await repository();
      if (!opened.ok) throw new ProblemError(...opened.error);
      const { startWork } = await import("./work.ts");
      const { handler } = await engine();
      const keeper = await pageKeeper();
      const work = { place, store, policy, repository: opened.value, handler, keeper };
      return startWork({ ...work, boundary, clock, write, lease });
    },
    async writePage() {
      await (await pageKeeper()).write();
    },
    close: () => store.close(),
  });
}

/** The keeper of the public status page, which no other verb loads. */
async function keeperIn(
  { statusPage, dataDir }: Place,
  parts: Omit<Parameters<typeof import("#app/page-keeper.ts").keeperOf>[0], "folder">,
) {
  const { keeperOf } = await import("#app/page-keeper.ts");
  const { pageFolder } = await import("#adapters/status-page/folder.ts");
  return keeperOf({ ...parts, folder: pageFolder(statusPage ?? join(dataDir, "status-page")) });
}

/** The policy file as a commit has it. */
async function policyAt({ policyFile, root }: Place, repository: Repository, commit: string) {
  const { readPolicyAt } = await import("#policy-file/read-at.ts");
  return await readPolicyAt(policyFile, async (path) => {
    const file = await repository.read(commit, relative(root, path));
    return file !== null && "text" in file ? file.text : null;
  });
}

async function repositoryOf({ root }: Place): Promise<Result<Repository, readonly [Problem]>> {
  const { openRepository } = await import("#adapters/git.ts");
  const { env } = surroundings();
  const opened = await openRepository(root, { path: env["PATH"], home: env["HOME"] });
  return opened.ok ? opened : err([opened.error]);
}

/** Makes something the first time it is asked for, and again after that has failed. */
function once<Made>(make: () => Promise<Made>): () => Promise<Made> {
  let made: Promise<Made> | undefined;
  return () => {
    made ??= make().catch((error: unknown) => {
      made = undefined;
      throw error;
    });
    return made;
  };
}
