import { configOf, need } from "../at-hand.ts";
import { EXIT } from "../exit-codes.ts";
import { type Run, said } from "../verb.ts";

export const run: Run = async (call) => {
  const { wholeChangelog } = call.world.joins;
  const { root, policyFile } = configOf(call);
  const { env } = call.world.around;
  const place = { cwd: root, path: env["PATH"], home: env["HOME"] };
  const pieces = need(
    await wholeChangelog(place, { policyFile, ref: said(call, "ref") ?? "HEAD" }),
  );
  for (const piece of pieces) call.world.terminal.out(piece);
  return EXIT.ok;
};
