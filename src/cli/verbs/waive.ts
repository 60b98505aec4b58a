import { sayTo } from "../say.ts";
import { arg, type Run, said } from "../verb.ts";

export const run: Run = (call) =>
  sayTo(call, ({ person }) => ({
    ask: "waive",
    by: person,
    gate: arg(call, "gate"),
    reason: said(call, "reason") ?? "",
  }));
