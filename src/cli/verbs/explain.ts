import { problem } from "#api/problems.ts";
import { ProblemError } from "#app/problem.ts";
import { type Instant, momentOfDay } from "#core/base/time.ts";
import { explained } from "#core/reports/explain/explain.ts";
import { EXIT } from "../exit-codes.ts";
import { soundPolicy } from "../policy-meant.ts";
import { printResult } from "../print.ts";
import { type Call, type Run, said } from "../verb.ts";

export const run: Run = async (call) => {
  const policy = await soundPolicy(call);
  const at = momentMeant(call, policy.zone);
  const markdown = explained(policy, at);
  printResult(call, { system: policy.system, at, markdown }, () => [markdown.trimEnd()]);
  return EXIT.ok;
};

/** The beginning of the day of `--at`; now where it was left out. */
function momentMeant(call: Call, zone: string): Instant {
  const text = said(call, "at");
  if (text === undefined) return call.world.clock();
  try {
    return momentOfDay(text, zone);
  } catch {
    const sentence = "The day of --at is not understood.";
    throw new ProblemError(problem("usage", { sentence, remedy: "Write it like 2026-11-24." }));
  }
}
