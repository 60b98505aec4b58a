import { confirm } from "../confirm.ts";
import { sayTo } from "../say.ts";
import { type Run, said } from "../verb.ts";

export const run: Run = (call) =>
  sayTo(call, async (at) => {
    await confirm(call, at, "abort");
    return { ask: "abort", by: at.person, reason: said(call, "reason") ?? "" };
  });
