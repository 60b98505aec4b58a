import { resolve } from "node:path";
import { configOf, need } from "../at-hand.ts";
import { EXIT } from "../exit-codes.ts";
import type { PolicyCheck } from "../joins.ts";
import { printResult } from "../print.ts";
import { type Paint, paintFor, plain } from "../text.ts";
import type { Run } from "../verb.ts";

export const run: Run = async (call) => {
  const named = call.args["file"];
  const { cwd } = call.world.around;
  const file = named === undefined ? configOf(call).policyFile : resolve(cwd, named);
  const checked = need(await call.world.joins.check(file));
  printResult(call, checked, () => lines(checked, paintFor(call.world.terminal.color)));
  return checked.findings.some(({ severity }) => severity === "error") ? EXIT.usage : EXIT.ok;
};

function lines({ file, findings }: PolicyCheck, paint: Paint): string[] {
  const told = findings.map(({ severity, code, line, column, sentence, remedy }) => {
    const mark = severity === "error" ? paint.bad("error") : paint.careful("warning");
    const where = paint.strong(plain(`${file}:${line}:${column}`));
    return `${where} ${mark} ${plain(`${sentence} ${remedy}`)} ${paint.faint(`[${code}]`)}`;
  });
  const errors = findings.filter(({ severity }) => severity === "error").length;
  const end =
    errors === 0
      ? paint.good(`${plain(file)} is sound, with ${findings.length} warnings.`)
      : paint.bad(`${plain(file)} is not sound: ${errors} errors.`);
  return [...told, end];
}
