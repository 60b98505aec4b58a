import { need, withDesk } from "../at-hand.ts";
import { EXIT } from "../exit-codes.ts";
import { follow } from "../follow.ts";
import { planAsk } from "../plan-ask.ts";
import { printNext, printStatus, printSuggestions } from "../print.ts";
import { exitOf } from "../standstill.ts";
import type { Run } from "../verb.ts";

export const run: Run = (call) =>
  withDesk(call, "acts", async ({ desk, person, holdpoint }) => {
    const planned = need(
      await desk.release(planAsk(call, person), { request: crypto.randomUUID() }),
    );
    const resume = holdpoint === null ? [] : [`holdpoint resume ${planned.release}`];
    if (call.options["wait"] === false) {
      printStatus(call, planned);
      printNext(call, resume);
      return EXIT.ok;
    }
    const worker = await holdpoint?.startWorker();
    const followed = await follow(desk, planned.release, call.world).finally(() => worker?.stop());
    const { report, why } = need(followed);
    printStatus(call, report);
    printSuggestions(call, report, report.end === null ? resume : []);
    return why === "interrupted" ? EXIT.interrupted : exitOf(report);
  });
