import { resolve } from "node:path";
import { configOf, need } from "../at-hand.ts";
import { EXIT } from "../exit-codes.ts";
import { headSaid, sayHead } from "../head.ts";
import { printResult } from "../print.ts";
import { plain } from "../text.ts";
import { arg, type Run } from "../verb.ts";

export const run: Run = async (call) => {
  const { around, joins } = call.world;
  const file = resolve(around.cwd, arg(call, "file"));
  const noted = headSaid(call);
  const head = need(await joins.importJournal(configOf(call), file, noted));
  printResult(call, { file, head }, () => [`imported ${plain(file)}`, `head ${sayHead(head)}`]);
  return EXIT.ok;
};
