import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { problem } from "#api/problems.ts";
import { ProblemError } from "#app/problem.ts";
import { commitsOfRange } from "#app/versions.ts";
import { counted } from "#core/base/words.ts";
import { type LintFinding, type LintRules, lintMessage } from "#core/versioning/lint.ts";
import { shortId } from "#core/versioning/text.ts";
import { need } from "../at-hand.ts";
import { EXIT } from "../exit-codes.ts";
import { printResult } from "../print.ts";
import { historyOf, rulesOf } from "../rules.ts";
import { type Paint, paintFor, plain } from "../text.ts";
import { type Call, type Run, said } from "../verb.ts";

/** A message that was judged: of a file, or of a commit. */
interface Judged {
  readonly message: string;
  readonly subject: string;
  readonly findings: readonly LintFinding[];
}

export const run: Run = async (call) => {
  const judged = await judge(call, await rulesOf(call));
  const paint = paintFor(call.world.terminal.color);
  const wrong = judged.filter(({ findings }) => findings.some(isError));
  printResult(call, { sound: wrong.length === 0, messages: judged }, () => [
    ...judged.flatMap((one) => lines(one, paint)),
    wrong.length === 0
      ? paint.good(`${judged.length} ${judged.length === 1 ? "message is" : "messages are"} sound.`)
      : paint.bad(
          `${wrong.length} of ${counted(judged.length, "message")} ${wrong.length === 1 ? "is" : "are"} not sound.`,
        ),
  ]);
  return wrong.length === 0 ? EXIT.ok : EXIT.failed;
};

async function judge(call: Call, rules: LintRules): Promise<readonly Judged[]> {
  const range = said(call, "range");
  const file = call.args["file"];
  if ((range === undefined) === (file === undefined))
    throw new ProblemError(
      problem("usage", {
        sentence: "It is not clear which messages are meant.",
        remedy: "Name a file with one message, or a range of commits with --range.",
      }),
    );
  if (range !== undefined) {
    const commits = need(await commitsOfRange(await historyOf(call), range));
    return commits
      .filter(({ parents }) => parents.length < 2)
      .map(({ id, message }) => judgeOne(shortId(id), message, rules));
  }
  const path = resolve(call.world.around.cwd, file ?? "");
  const text = await readFile(path, "utf8").catch(() => null);
  if (text === null)
    throw new ProblemError(problem("usage", { sentence: `There is no file ${path}.` }));
  return [judgeOne(file ?? "", text, rules)];
}

function judgeOne(message: string, text: string, rules: LintRules): Judged {
  const subject = text.trimStart().split("\n", 1)[0] ?? "";
  return { message, subject: subject.slice(0, 300), findings: lintMessage(text, rules) };
}

const isError = ({ severity }: LintFinding) => severity === "error";

function lines({ message, subject, findings }: Judged, paint: Paint): string[] {
  return findings.flatMap(({ severity, line, column, sentence, remedy }) => {
    const word = severity === "error" ? paint.bad("error:") : paint.careful("warning:");
    const about = message === subject ? "" : ` ${paint.faint(plain(subject.slice(0, 100)))}`;
    return [
      `${plain(message)}:${line}:${column} ${word} ${plain(sentence)}${about}`,
      `  ${plain(remedy)}`,
    ];
  });
}
