import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { problem } from "#api/problems.ts";
import type { History } from "#app/ports/history.ts";
import { ProblemError } from "#app/problem.ts";
import { PLAIN_RULES } from "#core/versioning/plain-rules.ts";
import type { VersioningRules } from "#core/versioning/shape.ts";
import { configOf, need, Told } from "./at-hand.ts";
import { type Call, said } from "./verb.ts";

/** The history that the call is made in: a work tree or a bare repository. */
export async function historyOf(call: Call): Promise<History> {
  const { openHistory } = await import("#adapters/git.ts");
  const { env, cwd } = call.world.around;
  const opened = await openHistory(cwd, { path: env["PATH"], home: env["HOME"] });
  return need(opened.ok ? opened : { ok: false, error: [opened.error] });
}

/** The rules of versions: of `--rules`, else of the policy, else the plain ones. */
export async function rulesOf(call: Call): Promise<VersioningRules> {
  const named = said(call, "rules");
  const file =
    named === undefined ? configOf(call).policyFile : resolve(call.world.around.cwd, named);
  if (named === undefined && said(call, "policy") === undefined && !existsSync(file))
    return PLAIN_RULES;
  const text = await readFile(file).catch(() => null);
  if (text === null) {
    const sentence = `The rules file ${file} cannot be read.`;
    throw new ProblemError(problem("bad-rules", { sentence, remedy: "Name one that is there." }));
  }
  const { readRules } = await import("#policy-file/read.ts");
  const read = readRules(file, text);
  if (read.ok) return read.value;
  throw new Told(
    read.error.map(({ line, column, sentence, remedy }) => ({
      code: "bad-rules",
      sentence: `${sentence}.`,
      remedy,
      where: `${file}:${line}:${column}`,
    })),
  );
}
