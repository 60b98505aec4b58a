import { sayTo } from "../say.ts";
import type { Run } from "../verb.ts";

export const run: Run = (call) =>
  sayTo(call, ({ person }) => ({ ask: "retry", by: person, gate: call.args["gate"] }));
