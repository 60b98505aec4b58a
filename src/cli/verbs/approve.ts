import { gateMeant } from "../gate-meant.ts";
import { sayTo } from "../say.ts";
import { type Run, said } from "../verb.ts";

export const run: Run = (call) =>
  sayTo(call, async (at) => ({
    ask: "approve",
    by: at.person,
    gate: await gateMeant(call, at, "signoff"),
    role: said(call, "role"),
    note: said(call, "note"),
  }));
