import { confirm } from "../confirm.ts";
import { sayTo } from "../say.ts";
import { type Run, said } from "../verb.ts";

export const run: Run = (call) =>
  sayTo(call, async (at) => {
    await confirm(call, at, "withdraw");
    return { ask: "withdraw", by: at.person, reason: said(call, "reason") ?? "" };
  });
