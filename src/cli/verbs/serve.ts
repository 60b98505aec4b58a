import { configOf, withStore } from "../at-hand.ts";
import { EXIT } from "../exit-codes.ts";
import { printResult } from "../print.ts";
import type { Run } from "../verb.ts";

export const run: Run = async (call) => {
  const config = configOf(call);
  const { serve } = await import("#http/server.ts");
  const { openTokens } = await import("#http/tokens.ts");
  return await withStore(call, config, async (holdpoint) => {
    const { interrupted, terminal } = call.world;
    const tokens = openTokens(config.dataDir);
    const server = await serve({
      holdpoint,
      tokens,
      listen: config.listen,
      complain: (line) => terminal.err(`${line}\n`),
    });
    const worker = holdpoint.startWorker();
    printResult(call, { url: server.url }, () => [`Holdpoint listens on ${server.url}`]);
    if (tokens.none()) terminal.err("Nobody has a token yet: `holdpoint token add PERSON`.\n");
    while (!interrupted.aborted) await call.world.pause(60 * 60 * 1000);
    terminal.err("stopping\n");
    await server.stop();
    await worker.stop();
    return EXIT.ok;
  });
};
