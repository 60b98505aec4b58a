import { problem } from "#api/problems.ts";
import { ProblemError } from "#app/problem.ts";
import { replayOf, wholeHistory } from "#app/versions.ts";
import { counted } from "#core/base/words.ts";
import type { Replay } from "#core/versioning/replay.ts";
import { need } from "../at-hand.ts";
import { EXIT } from "../exit-codes.ts";
import { printResult } from "../print.ts";
import { historyOf, rulesOf } from "../rules.ts";
import { columns, type Paint, paintFor, percent, plain } from "../text.ts";
import type { Run } from "../verb.ts";
import { sayReason } from "../views/version.ts";

export const run: Run = async (call) => {
  if (call.options["versions"] !== true)
    throw new ProblemError(
      problem("usage", { sentence: "It is not said what to replay.", remedy: "Say `--versions`." }),
    );
  const rules = await rulesOf(call);
  const history = await historyOf(call);
  need(await wholeHistory(history));
  const replay = need(await replayOf(history, rules));
  printResult(call, replay, () => lines(replay, paintFor(call.world.terminal.color)));
  return EXIT.ok;
};

function lines({ releases, passedOver }: Replay, paint: Paint): string[] {
  const others = releases.filter(({ agrees }) => !agrees);
  const share = releases.length === 0 ? 1 : 1 - others.length / releases.length;
  const rows = others.map(({ tag, previous, actual, bump, said, reasons, commits }) => [
    tag,
    `after ${previous}`,
    `was ${actual}`,
    `by today's rules ${bump}, ${said}`,
    reasons.slice(0, 1).map(sayReason).join("") || `none of ${commits} commits asks for more`,
  ]);
  return [
    paint.strong(
      `Today's rules agree with ${releases.length - others.length} of ${counted(releases.length, "release")} (${percent(share * 10_000)}).`,
    ),
    ...columns(rows.map((row) => row.map(plain))),
    ...(passedOver.length === 0
      ? []
      : [paint.faint(`Passed over: ${counted(passedOver.length, "tag")}`)]),
    ...passedOver.slice(0, 20).map(({ tag, why }) => paint.faint(`  ${plain(tag)}: ${plain(why)}`)),
  ];
}
