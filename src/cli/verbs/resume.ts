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
    const worker = holdpoint.startWorker();
    const followed = await followAll(call, desk, releases).finally(() => worker.stop());
    report(call, followed);
    const exits = followed.map(({ report, why }) =>
      why === "interrupted" ? EXIT.interrupted : exitOf(report),
    );
    return WORST.find((exit) => exits.includes(exit)) ?? EXIT.ok;
  });

async function underWay(call: Call, desk: Desk): Promise<readonly string[]> {
  const named = call.args["release"];
  if (named !== undefined) return [need(await desk.status(named)).release];
  const rows = need(await desk.releases({ limit: MOST_AT_ONCE }));
  // An ended release may still have something to tell or an environment to free.
  const busy: string[] = [];
  for (const { release, ended } of rows) {
    if (!ended || need(await desk.status(release)).asked.length > 0) busy.push(release);
  }
  return busy;
}

async function followAll(
  call: Call,
  desk: Desk,
  releases: readonly string[],
): Promise<readonly Followed[]> {
  // Only one release can be drawn over and over; several tell their news line by line.
  const terminal = {
    ...call.world.terminal,
    draws: call.world.terminal.draws && releases.length === 1,
  };
  const world = { ...call.world, terminal };
  const all = await Promise.all(releases.map((release) => follow(desk, release, world)));
  return all.map(need);
}

function report(call: Call, followed: readonly Followed[]): void {
  const paint = paintFor(call.world.terminal.color);
  const reports = followed.map(({ report }) => report);
  printResult(call, { releases: reports }, () =>
    reports.length === 0
      ? ["No release is under way."]
      : reports.flatMap((one) => [...statusLines(one, paint, call.world.clock()), ""]),
  );
  for (const one of reports) printSuggestions(call, one);
}
