import { sayTo } from "../say.ts";
import { arg, type Run, said } from "../verb.ts";

export const run: Run = (call) =>
  sayTo(call, ({ person }) => ({
    ask: "discharge",
    by: person,
    debt: arg(call, "debt"),
    link: said(call, "link") ?? "",
    note: said(call, "note"),
  }));
