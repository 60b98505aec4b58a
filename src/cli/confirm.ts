import { problem } from "#api/problems.ts";
import { ProblemError } from "#app/problem.ts";
import { type AtHand, need } from "./at-hand.ts";
import { plain } from "./text.ts";
import { arg, type Call } from "./verb.ts";

/** Lets a severe act be confirmed by typing the version, unless `--yes` was said. */
export async function confirm(call: Call, { desk }: AtHand, act: string): Promise<void> {
  if (call.options["yes"] === true) return;
  const { terminal } = call.world;
  const report = need(await desk.status(arg(call, "release")));
  const what = `${act} ${plain(report.system)} ${plain(report.version)}`;
  if (!terminal.asks) {
    throw new ProblemError(
      problem("not-confirmed", {
        sentence: `To ${what} needs a confirmation, and nobody can be asked here.`,
      }),
    );
  }
  const typed = await terminal.ask(`To ${what}, type its version: `);
  if (typed.trim() === report.version) return;
  throw new ProblemError(
    problem("not-confirmed", {
      sentence: `What was typed is not ${report.version}; nothing was done.`,
    }),
  );
}
