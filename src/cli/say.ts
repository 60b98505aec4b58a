import type { Saying } from "#app/desk.ts";
import { type AtHand, need, withDesk } from "./at-hand.ts";
import { printNext, printStatus, printSuggestions } from "./print.ts";
import { exitOf } from "./standstill.ts";
import { arg, type Call } from "./verb.ts";

/** Says one thing to a release, shows where it stands then, and returns: working on it is for `resume` or the server. */
export async function sayTo(
  call: Call,
  what: (at: AtHand) => Promise<Saying> | Saying,
): Promise<number> {
  return await withDesk(call, "acts", async (at) => {
    const report = need(
      await at.desk.say(arg(call, "release"), await what(at), crypto.randomUUID()),
    );
    printStatus(call, report);
    printSuggestions(call, report);
    if (at.holdpoint !== null && report.end === null) {
      printNext(call, [`holdpoint resume ${report.release}`]);
    }
    return exitOf({ status: "stable" });
  });
}
