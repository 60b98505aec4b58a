import type { Holdpoint } from "#app/holdpoint.ts";
import { ProblemError } from "#app/problem.ts";
import type { Config } from "../../config.ts";
import { configOf, withStore } from "../at-hand.ts";
import { EXIT } from "../exit-codes.ts";
import { printResult } from "../print.ts";
import type { Call, Run } from "../verb.ts";

/** Serves until it is stopped; alone on an embedded store, beside others on a database. */
export const run: Run = async (call) => {
  const config = configOf(call);
  return await withStore(call, config, async (holdpoint) => {
    if (config.databaseUrl !== null) return await serveUntilStopped(call, config, holdpoint);
    const lock = await call.world.joins.lock(config.dataDir, call.world.clock());
    if (!lock.ok) throw new ProblemError(lock.error.problem);
    try {
      return await serveUntilStopped(call, config, holdpoint);
    } finally {
      lock.value.release();
    }
  });
};

async function serveUntilStopped(
  call: Call,
  config: Config,
  holdpoint: Holdpoint,
): Promise<number> {
  const { serve } = await import("#http/server.ts");
  const { openTokens } = await import("#http/tokens.ts");
  const { openStatusPage } = await import("#http/status-page.ts");
  const { openConsole } = await import("#http/console.ts");
  const { interrupted, terminal } = call.world;
  const tokens = openTokens(config.dataDir);
  const pages = openConsole();
  const server = await serve({
    holdpoint,
    tokens,
    listen: config.listen,
    pages,
    statusPage: openStatusPage(config.statusPage),
    complain: (line) => terminal.err(`${line}\n`),
  });
  try {
    const worker = await holdpoint.startWorker();
    printResult(call, { url: server.url }, () => [`Holdpoint listens on ${server.url}`]);
    if (pages === null) terminal.err("The web console is not built: `npm run console`.\n");
    if (tokens.none()) terminal.err("Nobody has a token yet: `holdpoint token add PERSON`.\n");
    while (!interrupted.aborted) await call.world.pause(60 * 60 * 1000);
    terminal.err("stopping\n");
    await worker.stop();
    return EXIT.ok;
  } finally {
    await server.stop();
  }
}
