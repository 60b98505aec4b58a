import type { AtHand } from "../at-hand.ts";
import { need, withDesk } from "../at-hand.ts";
import { EXIT } from "../exit-codes.ts";
import { numberOf } from "../number.ts";
import { printNext, printResult, printStatus, printSuggestions } from "../print.ts";
import { paintFor } from "../text.ts";
import type { Call, Run } from "../verb.ts";
import { listLines } from "../views/status.ts";

export const run: Run = (call) =>
  withDesk(call, "reads", async (at) => {
    const release = call.args["release"];
    if (release === undefined) return await list(call, at);
    const report = need(await at.desk.status(release));
    printStatus(call, report);
    printSuggestions(call, report);
    return EXIT.ok;
  });

async function list(call: Call, { desk }: AtHand): Promise<number> {
  const open = call.options["all"] === true ? {} : { ended: false };
  const limit = numberOf(call, "limit", 50);
  const rows = need(await desk.releases({ ...open, limit }));
  const paint = paintFor(call.world.terminal.color);
  printResult(call, { releases: rows }, () => (rows.length === 0 ? [] : listLines(rows, paint)));
  if (rows.length > 0) return EXIT.ok;
  call.world.terminal.err("No release is under way.\n");
  printNext(call, ["holdpoint plan", "holdpoint status --all"]);
  return EXIT.ok;
}
