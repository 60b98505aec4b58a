import { sayTo } from "../say.ts";
import { type Run, said } from "../verb.ts";

export const run: Run = (call) =>
  sayTo(call, ({ person }) => ({
    ask: "unfreeze",
    by: person,
    reason: said(call, "reason") ?? "",
  }));
