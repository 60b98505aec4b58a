import { need, withDesk } from "../at-hand.ts";
import { EXIT } from "../exit-codes.ts";
import { printNext, printStatus } from "../print.ts";
import { arg, type Run } from "../verb.ts";

export const run: Run = (call) =>
  withDesk(call, "acts", async ({ desk, person, holdpoint }) => {
    const report = need(
      await desk.revise(arg(call, "release"), person, { request: crypto.randomUUID() }),
    );
    printStatus(call, report);
    if (holdpoint !== null) printNext(call, [`holdpoint resume ${report.release}`]);
    return EXIT.ok;
  });
