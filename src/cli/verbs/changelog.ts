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
  for (const piece of need(await call.world.joins.wholeChangelog(place, { policyFile, ref })))
    call.world.terminal.out(piece);
  return EXIT.ok;
};
