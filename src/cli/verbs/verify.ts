import type { VerifyReport } from "#app/verify.ts";
import { need, withDesk } from "../at-hand.ts";
import { EXIT } from "../exit-codes.ts";
import { headSaid, sayHead } from "../head.ts";
import { printResult } from "../print.ts";
import { type Paint, paintFor, plain } from "../text.ts";
import type { Run } from "../verb.ts";

export const run: Run = (call) =>
  withDesk(call, "reads", async ({ desk }) => {
    const noted = headSaid(call);
    const report = need(await desk.verify(noted));
    printResult(call, report, () => lines(report, paintFor(call.world.terminal.color)));
    return report.sound ? EXIT.ok : EXIT.failed;
  });

function lines({ sound, entries, head, wrong }: VerifyReport, paint: Paint): string[] {
  const place = head === null ? [] : [`head ${sayHead(head)}`];
  if (sound) return [paint.good(`The journal is sound: ${entries} entries.`), ...place];
  const what = wrong === null ? "" : `, at position ${wrong.position}: ${plain(wrong.sentence)}`;
  return [paint.bad(`The journal is not sound${what}`)];
}
