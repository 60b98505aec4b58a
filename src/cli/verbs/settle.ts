import { problem } from "#api/problems.ts";
import { ProblemError } from "#app/problem.ts";
import { sayTo } from "../say.ts";
import { arg, type Run, said } from "../verb.ts";

export const run: Run = async (call) => {
  const end = arg(call, "end");
  if (end !== "done" && end !== "not-done") {
    throw new ProblemError(
      problem("usage", { sentence: "Say `done` or `not-done` of the step in doubt." }),
    );
  }
  return await sayTo(call, ({ person }) => ({
    ask: "settle",
    by: person,
    done: end === "done",
    reason: said(call, "reason") ?? "",
  }));
};
