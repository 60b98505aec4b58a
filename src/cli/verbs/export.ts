import { resolve } from "node:path";
import { configOf, need } from "../at-hand.ts";
import { EXIT } from "../exit-codes.ts";
import { sayHead } from "../head.ts";
import { printResult } from "../print.ts";
import { plain } from "../text.ts";
import { arg, type Run } from "../verb.ts";

export const run: Run = async (call) => {
  const { around, joins } = call.world;
  const file = resolve(around.cwd, arg(call, "file"));
  const head = need(await joins.exportJournal(configOf(call), file));
  printResult(call, { file, head }, () => [`wrote ${plain(file)}`, `head ${sayHead(head)}`]);
  return EXIT.ok;
};
