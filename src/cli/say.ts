import type { Saying } from "#app/desk.ts";
import { type AtHand, need, withDesk } from "./at-hand.ts";
import { EXIT } from "./exit-codes.ts";
import { printStatus, printSuggestions } from "./print.ts";
import { arg, type Call } from "./verb.ts";

/** Says one thing to a release, shows where it stands then, and returns: working on it is for `resume` or the server. */
export async function sayTo(
  call: Call,
  what: (at: AtHand) => Promise<Saying> | Saying,
): Promise<number> {
  return await withDesk(call, "acts", async (at) => {
    const report = need(
      await at.desk.say(arg(call, "release"), await what(at), { request: crypto.randomUUID() }),
    );
    printStatus(call, report);
    const goesOn = at.holdpoint !== null && report.end === null;
    printSuggestions(call, report, goesOn ? [`holdpoint resume ${report.release}`] : []);
    return EXIT.ok;
  });
}
