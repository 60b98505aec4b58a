import { sayPower } from "#core/judge/power.ts";
import { need, withDesk } from "../at-hand.ts";
import { EXIT } from "../exit-codes.ts";
import { numberOf } from "../number.ts";
import { planAsk } from "../plan-ask.ts";
import { printNext, printResult } from "../print.ts";
import { paintFor } from "../text.ts";
import type { Run } from "../verb.ts";
import { planLines } from "../views/plan.ts";

export const run: Run = (call) =>
  withDesk(call, "acts", async ({ desk, person }) => {
    const report = need(await desk.plan(planAsk(call, person)));
    const paint = paintFor(call.world.terminal.color);
    const seen = seenAt(numberOf(call, "traffic", 0));
    printResult(call, seen.length > 0 ? { ...report, judge: seen } : report, () => [
      ...planLines(report, paint, { why: call.options["why"] === true }),
      ...seen.map((line) => `judge     ${line}`),
    ]);
    printNext(call, ["holdpoint release"]);
    return EXIT.ok;
  });

/** Share of errors that is taken as usual, since a plan knows no traffic yet. */
const USUAL = 0.001;

/** What the judge would see at so many requests per second; nothing where they are not said. */
function seenAt(rate: number): readonly string[] {
  if (rate === 0) return [];
  return [0.05, 0.25, 0.5].flatMap((weight) => sayPower({ rate, weight, usual: USUAL }));
}
