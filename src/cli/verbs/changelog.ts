import { configOf, need } from "../at-hand.ts";
import { EXIT } from "../exit-codes.ts";
import { gitPlace } from "../joins.ts";
import { type Run, said } from "../verb.ts";

export const run: Run = async (call) => {
  if (call.options["all"] !== true)
    return await (await import("../kept-changelog.ts")).keptChangelog(call);
  const { root, policyFile } = configOf(call);
  const place = gitPlace(call.world, root);
  const ref = said(call, "ref") ?? "HEAD";
  const pieces = need(await call.world.joins.wholeChangelog(place, { policyFile, ref }));
  for (const sheet of sheets(pieces)) call.world.terminal.out(sheet);
  return EXIT.ok;
};

/** Pieces put together to texts that are worth writing: a long changelog has thousands of pieces. */
function* sheets(pieces: Iterable<string>): Generator<string> {
  let sheet = "";
  for (const piece of pieces) {
    sheet += piece;
    if (sheet.length < SHEET) continue;
    yield sheet;
    sheet = "";
  }
  if (sheet !== "") yield sheet;
}

/** In UTF-16 code units. */
const SHEET = 64 * 1024;
