// A server's worker and page keeper on a shared store, whose clock runs so many times faster: `node fast-server.ts ASK`.
// It works until its release has ended, and then writes the page once more.
import { pageFolder } from "#adapters/status-page/folder.ts";
import { Handler } from "#app/handle.ts";
import { IncidentHandler } from "#app/incidents.ts";
import { PageKeeper } from "#app/page-keeper.ts";
import { Worker } from "#app/worker.ts";
import { MINUTE } from "#core/base/time.ts";
import { DONE, wellAt } from "#core/release/given.fake.ts";
import { pagePlan, pagePolicy } from "#core/status-page/given.fake.ts";
import { openSqlite } from "#store/sqlite/store.ts";

export interface Ask {
  readonly file: string;
  readonly folder: string;
  /** When the fast clock began, on the real one; it began at this very moment, too. */
  readonly since: number;
  readonly times: number;
}

if (process.argv[1]?.endsWith("fast-server.ts")) {
  const { file, folder, since, times } = JSON.parse(process.argv[2] ?? "") as Ask;
  const clock = () => Math.round(since + (Date.now() - since) * times);
  const store = openSqlite(file);
  if (!store.ok) throw store.error;
  const handler = new Handler(store.value);
  const plan = pagePlan({ plannedAt: since, at: since });
  await handler.handle(plan.release, { ask: "plan", by: plan.requester, plan }, { now: since });
  const complain = (error: unknown) => process.stderr.write(`${error}\n`);
  const worker = new Worker({
    ...{ store: store.value, handler, clock, owner: `${process.pid}`, lease: 5 * MINUTE },
    perform: async (_, { ask }) => (ask === "look" ? wellAt(clock()) : DONE),
    report: ({ error }) => complain(error),
  });
  const policy = pagePolicy();
  const keeper = new PageKeeper({
    ...{ store: store.value, clock, policy: async () => policy, burns: async () => [] },
    ...{
      incidents: new IncidentHandler(store.value),
      folder: pageFolder(folder),
      report: complain,
    },
  });
  worker.start();
  keeper.start();
  process.stdout.write("started\n");
  for (;;) {
    const loaded = await handler.load(plan.release);
    if (loaded?.release.stand.at === "ended") break;
    await new Promise((later) => setTimeout(later, 20));
  }
  await worker.stop();
  await keeper.stop();
  await store.value.close();
}
