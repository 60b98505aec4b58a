import { need, withDesk } from "../at-hand.ts";
import { EXIT } from "../exit-codes.ts";
import { printResult, printSuggestions } from "../print.ts";
import { paintFor } from "../text.ts";
import { arg, type Run } from "../verb.ts";
import { whyNotLines } from "../views/why-not.ts";

export const run: Run = (call) =>
  withDesk(call, "reads", async ({ desk }) => {
    const report = need(await desk.status(arg(call, "release")));
    const { release, status, why, holds, ahead, earliest, wakeAt } = report;
    const { terminal, clock } = call.world;
    const result = { release, status, why, holds, ahead, earliest, wakeAt };
    printResult(call, result, () => whyNotLines(report, paintFor(terminal.color), clock()));
    printSuggestions(call, report);
    return why === "" ? EXIT.ok : EXIT.held;
  });
