import { readTime } from "../plan-ask.ts";
import { sayTo } from "../say.ts";
import { arg, type Run, said } from "../verb.ts";

export const run: Run = (call) =>
  sayTo(call, ({ person }) => ({
    ask: "prove",
    by: person,
    gate: arg(call, "gate"),
    link: said(call, "link") ?? "",
    when: readTime(said(call, "when"), "--when"),
  }));
