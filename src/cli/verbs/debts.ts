import { need, withDesk } from "../at-hand.ts";
import { EXIT } from "../exit-codes.ts";
import { printNext, printResult } from "../print.ts";
import { paintFor } from "../text.ts";
import type { Run } from "../verb.ts";
import { debtLines } from "../views/debts.ts";

export const run: Run = (call) =>
  withDesk(call, "reads", async ({ desk }) => {
    const debts = need(await desk.debts());
    const paint = paintFor(call.world.terminal.color);
    printResult(call, { debts }, () => debtLines(debts, paint));
    if (debts.length === 0) call.world.terminal.err("Nothing is owed.\n");
    printNext(
      call,
      debts.slice(0, 1).map(({ release, debt }) => `holdpoint discharge ${release} ${debt}`),
    );
    return EXIT.ok;
  });
