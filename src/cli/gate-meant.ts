import { problem } from "#api/problems.ts";
import { ProblemError } from "#app/problem.ts";
import { type AtHand, need } from "./at-hand.ts";
import { arg, type Call } from "./verb.ts";

/** The gate that was named, or the only unmet one of its kind. */
export async function gateMeant(call: Call, { desk }: AtHand, kind: string): Promise<string> {
  const named = call.args["gate"];
  if (named !== undefined) return named;
  const report = need(await desk.status(arg(call, "release")));
  const open = report.holds.filter((gate) => gate.kind === kind).map(({ name }) => name);
  const [only] = open;
  if (only !== undefined && open.length === 1) return only;
  const sentence =
    only === undefined
      ? `No ${kind} holds ${report.release} now.`
      : `Several gates wait for a ${kind}: ${open.join(", ")}.`;
  throw new ProblemError(problem("no-gate-named", { sentence }));
}
