import { need, withDesk } from "../at-hand.ts";
import { EXIT } from "../exit-codes.ts";
import { numberOf } from "../number.ts";
import { printNext, printResult } from "../print.ts";
import type { Run } from "../verb.ts";
import { entryLine } from "../views/entry.ts";

export const run: Run = (call) =>
  withDesk(call, "reads", async ({ desk }) => {
    const release = call.args["release"];
    const limit = numberOf(call, "limit", 1000);
    const after = numberOf(call, "after", 0);
    const entries = need(await desk.log({ ...(release && { release }), after, limit }));
    const stream = release === undefined;
    printResult(call, { entries }, () => entries.map((entry) => entryLine(entry, { stream })));
    const last = entries.at(-1)?.position;
    if (entries.length === limit && last !== undefined) {
      printNext(call, [
        `holdpoint log ${release === undefined ? "" : `${release} `}--after ${last}`,
      ]);
    }
    return EXIT.ok;
  });
