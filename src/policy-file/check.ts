import { readFile } from "node:fs/promises";
import type { Problem as Told } from "#app/problem.ts";
import type { Json } from "#core/base/canonical.ts";
import { err, ok, type Result } from "#core/base/result.ts";
import { momentOfDay } from "#core/base/time.ts";
import type { Policy } from "#core/policy/policy.ts";
import { reviewFindings } from "#core/policy/review.ts";
import { soundness } from "#core/policy/soundness.ts";
import { dataOf } from "./data.ts";
import { linesOf } from "./lines.ts";
import { locate } from "./locate.ts";
import { textOnDisk } from "./on-disk.ts";
import { parseYaml } from "./parse.ts";
import type { Problem } from "./problem.ts";
import { readPolicy } from "./read.ts";

/** What is known of a policy file after it was read and proved. */
export interface PolicyCheck {
  readonly file: string;
  readonly text: string;
  /** Null where the file cannot be read as a policy. */
  readonly policy: Policy | null;
  /** Everything that is wrong with it, in the order of the file; sound where none of it is an error. */
  readonly problems: readonly Problem[];
  /** What was read beside it, a sentence each. */
  readonly told: readonly string[];
  /** The texts of the files beside it that were read, by their paths. */
  readonly beside: ReadonlyMap<string, string>;
}

/**
 * Reads a policy's text and proves it sound.
 * @param today the day that review dates are compared with and that the calendar is looked at from, as 2026-01-31; left
 *   out: review dates are not looked at
 */
function checkPolicy(file: string, text: string, today?: string): PolicyCheck {
  const beside = new Map<string, string>();
  const read = readPolicy(file, text, (path) => {
    const found = textOnDisk(path);
    if (found !== null) beside.set(path, found);
    return found;
  });
  if (!read.ok) return { file, text, policy: null, problems: read.error, told: [], beside };
  const { policy, positions, told } = read.value;
  const dated = today === undefined ? [] : reviewFindings(policy, today);
  const since = today === undefined ? undefined : momentOfDay(today, "UTC");
  const problems = locate([...soundness(policy, since), ...dated], positions, file);
  return { file, text, policy, problems, told, beside };
}

/** Checks a policy file on the disk. */
export async function checkFile(
  file: string,
  today?: string,
): Promise<Result<PolicyCheck, readonly Told[]>> {
  const text = await readFile(file, "utf8").catch(() => null);
  if (text !== null) return ok(checkPolicy(file, text, today));
  const sentence = `There is no policy file ${file}.`;
  const remedy = "Write one with `holdpoint init`, or name it with `--policy`.";
  return err([{ code: "no-policy", sentence, remedy }]);
}

/** The policy of a file, if it is sound; every error otherwise. */
export async function readSound(file: string): Promise<Result<Policy, readonly Told[]>> {
  const checked = await checkFile(file);
  if (!checked.ok) return checked;
  const { policy, problems } = checked.value;
  const errors = problems.filter(({ severity }) => severity === "error");
  if (policy !== null && errors.length === 0) return ok(policy);
  return err(errors.map(told));
}

/** What a policy file says, as plain data and as it was written; nothing is proved of it. */
export async function readData(file: string): Promise<Result<Json, readonly Told[]>> {
  const checked = await checkFile(file);
  if (!checked.ok) return checked;
  const lines = linesOf(checked.value.text);
  const document = parseYaml(lines);
  if (document.ok) return ok(dataOf(document.value, lines).data);
  return err(document.error.map((fault) => told({ file, severity: "error", ...fault })));
}

function told({ file, line, column, sentence, remedy }: Problem): Told {
  const where = `${file}:${line}:${column}`;
  return { code: "policy-unsound", sentence: `${sentence}.`, remedy, where };
}
