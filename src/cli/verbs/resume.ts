import { problem } from "#api/problems.ts";
import type { Desk } from "#app/desk.ts";
import { ProblemError } from "#app/problem.ts";
import { need, withDesk } from "../at-hand.ts";
import { EXIT } from "../exit-codes.ts";
import { type Followed, follow } from "../follow.ts";
import { printResult, printSuggestions } from "../print.ts";
import { exitOf } from "../standstill.ts";
import { paintFor } from "../text.ts";
import type { Call, Run } from "../verb.ts";
import { statusLines } from "../views/status.ts";

const MOST_AT_ONCE = 100;
/** The worst first: what a script should know of many releases. */
const WORST = [EXIT.interrupted, EXIT.doubt, EXIT.failed, EXIT.held, EXIT.ok];

/** Works on what is due, in the foreground, until nothing moves by itself any more. */
export const run: Run = (call) =>
  withDesk(call, "reads", async ({ desk, holdpoint, config }) => {
    if (holdpoint === null) {
      throw new ProblemError(
        problem("usage", {
          sentence: `The server ${config.server} works on its releases by itself.`,
          remedy: "See `holdpoint status`.",
        }),
      );
    }
    const releases = await underWay(call, desk);
    const worker = await holdpoint.startWorker();
    const followed = await followAll(call, desk, releases).finally(() => worker.stop());
    report(call, followed);
    const exits = followed.map(({ report, why }) =>
      why === "interrupted" ? EXIT.interrupted : exitOf(report),
    );
    return WORST.find((exit) => exits.includes(exit)) ?? EXIT.ok;
  });

interface UnderWay {
  readonly release: string;
  /** Position up to which its journal was there before this verb began to work on it. */
  readonly from: number;
}

async function underWay(call: Call, desk: Desk): Promise<readonly UnderWay[]> {
  const named = call.args["release"];
  const rows = named === undefined ? need(await desk.releases({ limit: MOST_AT_ONCE })) : [];
  const found: UnderWay[] = [];
  for (const release of named === undefined ? rows.map((row) => row.release) : [named]) {
    // An ended release may still have something to tell or an environment to free.
    const { ended, asked } = need(await desk.status(release));
    if (named === undefined && ended && asked.length === 0) continue;
    const log = need(await desk.log({ release, after: 0, limit: Number.MAX_SAFE_INTEGER }));
    found.push({ release, from: log.at(-1)?.position ?? 0 });
  }
  return found;
}

async function followAll(
  call: Call,
  desk: Desk,
  releases: readonly UnderWay[],
): Promise<readonly Followed[]> {
  // Only one release can be drawn over and over; several tell their news line by line.
  const { terminal } = call.world;
  const draws = terminal.draws && releases.length === 1;
  const world = { ...call.world, terminal: { ...terminal, draws } };
  const all = await Promise.all(
    releases.map(({ release, from }) => follow(desk, release, world, { from })),
  );
  return all.map(need);
}

function report(call: Call, followed: readonly Followed[]): void {
  const paint = paintFor(call.world.terminal.color);
  const reports = followed.map(({ report }) => report);
  printResult(call, { releases: reports }, () =>
    reports.length === 0
      ? ["No release is under way."]
      : reports.flatMap((one, at) => [
          ...(at === 0 ? [] : [""]),
          ...statusLines(one, paint, call.world.clock()),
        ]),
  );
  for (const one of reports) printSuggestions(call, one);
}
