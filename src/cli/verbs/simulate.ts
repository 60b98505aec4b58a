import { problem } from "#api/problems.ts";
import { ProblemError } from "#app/problem.ts";
import { rehearsalReport } from "#core/reports/rehearsal.ts";
import { type Rehearsed, rehearse, type Wish } from "#core/simulation/rehearsal.ts";
import { EXIT } from "../exit-codes.ts";
import { soundPolicy } from "../policy-meant.ts";
import { printResult } from "../print.ts";
import { wishOf } from "../simulate-ask.ts";
import { paintFor } from "../text.ts";
import type { Call, Run } from "../verb.ts";
import { rehearsalLines } from "../views/rehearsal.ts";

export const run: Run = async (call) => {
  const policy = await soundPolicy(call);
  const wish = wishOf(call, policy);
  const lived = rehearse(policy, wish);
  if (!lived.ok) throw meaningless(lived.error);
  return told(call, wish, lived.value);
};

/** Says how it went; the exit code is that of a release which went so. */
function told(call: Call, { seed }: Wish, { plan, because, ...lived }: Rehearsed): number {
  const report = rehearsalReport(plan, lived.happened);
  const { crashedAt, endedAt } = lived;
  const result = { seed, because, ...report, events: lived.happened.length, crashedAt, endedAt };
  printResult(call, result, () => rehearsalLines(result, paintFor(call.world.terminal.color)));
  if (report.end === null) return EXIT.held;
  return report.end.how === "stable" ? EXIT.ok : EXIT.failed;
}

function meaningless(phrase: string): ProblemError {
  const sentence = `This cannot be simulated: ${phrase}.`;
  const remedy = "See `holdpoint explain` for what the policy has.";
  return new ProblemError(problem("usage", { sentence, remedy }));
}
