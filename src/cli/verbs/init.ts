import { writeFileSync } from "node:fs";
import { problem } from "#api/problems.ts";
import { ProblemError } from "#app/problem.ts";
import { configOf, need } from "../at-hand.ts";
import { EXIT } from "../exit-codes.ts";
import { printNext, printResult } from "../print.ts";
import type { Run } from "../verb.ts";

export const run: Run = async (call) => {
  const { policyFile, root } = configOf(call);
  const { env } = call.world.around;
  const machine = { path: env["PATH"], home: env["HOME"] };
  const text = need(await call.world.joins.firstPolicy(root, machine));
  try {
    writeFileSync(policyFile, text, { flag: call.options["force"] === true ? "w" : "wx" });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    throw new ProblemError(
      problem("usage", {
        sentence: `There is a policy file already: ${policyFile}.`,
        remedy: "Edit it, or write over it with --force.",
      }),
    );
  }
  printResult(call, { file: policyFile }, () => [`wrote ${policyFile}`]);
  printNext(call, ["holdpoint check", "holdpoint plan --why"]);
  return EXIT.ok;
};
