import { sayTo } from "../say.ts";
import { arg, type Run, said } from "../verb.ts";

export const run: Run = (call) =>
  sayTo(call, ({ person }) => ({
    ask: "tick",
    by: person,
    gate: arg(call, "gate"),
    item: arg(call, "item"),
    note: said(call, "note"),
  }));
