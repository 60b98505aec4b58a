import { need, withDesk } from "../at-hand.ts";
import { EXIT } from "../exit-codes.ts";
import { planAsk } from "../plan-ask.ts";
import { printNext, printResult } from "../print.ts";
import { paintFor } from "../text.ts";
import type { Run } from "../verb.ts";
import { planLines } from "../views/plan.ts";

export const run: Run = (call) =>
  withDesk(call, "acts", async ({ desk, person }) => {
    const report = need(await desk.plan(planAsk(call, person)));
    const paint = paintFor(call.world.terminal.color);
    printResult(call, report, () =>
      planLines(report, paint, { why: call.options["why"] === true }),
    );
    printNext(call, ["holdpoint release"]);
    return EXIT.ok;
  });
