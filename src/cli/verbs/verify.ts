import { problem } from "#api/problems.ts";
import { ProblemError } from "#app/problem.ts";
import type { VerifyReport } from "#app/verify.ts";
import type { Head } from "#core/audit/entry.ts";
import { need, withDesk } from "../at-hand.ts";
import { EXIT } from "../exit-codes.ts";
import { printResult } from "../print.ts";
import { type Paint, paintFor, plain } from "../text.ts";
import { type Run, said } from "../verb.ts";

export const run: Run = (call) =>
  withDesk(call, "reads", async ({ desk }) => {
    const noted = readHead(said(call, "head"));
    const report = need(await desk.verify(noted));
    printResult(call, report, () => lines(report, paintFor(call.world.terminal.color)));
    return report.sound ? EXIT.ok : EXIT.failed;
  });

function lines({ sound, entries, head, wrong }: VerifyReport, paint: Paint): string[] {
  const place = head === null ? [] : [`head ${head.position}:${head.hash}`];
  if (sound) return [paint.good(`The journal is sound: ${entries} entries.`), ...place];
  const what = wrong === null ? "" : `, at position ${wrong.position}: ${plain(wrong.sentence)}`;
  return [paint.bad(`The journal is not sound${what}`)];
}

function readHead(text: string | undefined): Head | undefined {
  if (text === undefined) return undefined;
  const match = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text);
  if (match?.[1] !== undefined && match[2] !== undefined) {
    return { position: Number(match[1]), hash: match[2] };
  }
  throw new ProblemError(
    problem("usage", {
      sentence: "The head is not a position and a hash.",
      remedy: "Write it as `holdpoint verify` prints it: POSITION:HASH.",
    }),
  );
}
