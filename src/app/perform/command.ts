import { open, realpath } from "node:fs/promises";
import { join, sep } from "node:path";
import { digestText } from "#core/base/digest.ts";
import { readReport } from "#core/evidence/table.ts";
import type { Answer, CommandQuestion, Evidence } from "#core/gates/gate.ts";
import { type Release, takenBack } from "#core/release/state.ts";
import type { RunResult } from "../ports/outside.ts";
import { environmentFor, type Outside, workTree } from "./outside.ts";

const PREPARE_TIMEOUT = 15 * 60_000;
const REPORT_LIMIT = 8 * 1024 * 1024;
const OUTPUT_TAIL = 2000;

/** Runs a command of the policy in a work tree of the release's commit, and reads the report it leaves. */
export async function runCommand(
  outside: Outside,
  ask: { readonly key: string; readonly question: CommandQuestion; readonly release: Release },
): Promise<Answer> {
  const { key, question, release } = ask;
  const folder = await prepared(outside, release);
  if (typeof folder !== "string") return folder;
  const env = environmentOf(outside, release, question);
  const result = await outside.runner.run(key, {
    argv: question.argv,
    cwd: folder,
    timeout: question.timeout,
    env,
  });
  const answer = answerOf(question.argv, result);
  if (answer.outcome !== "done" || question.report === undefined) return answer;
  return await withReport(answer, folder, question.report);
}

/** The work tree of the commit, made ready once; an answer instead where that failed. */
async function prepared(outside: Outside, { plan }: Release): Promise<string | Answer> {
  const folder = workTree(outside, plan.commit);
  await outside.repository.checkOut(plan.commit, folder);
  for (const [at, argv] of plan.terms.prepare.entries()) {
    const env = environmentFor([], outside.variables);
    const key = `prepare/${digestText(JSON.stringify([plan.commit, at, argv])).slice(0, 32)}`;
    const result = await outside.runner.run(key, {
      argv,
      cwd: folder,
      timeout: PREPARE_TIMEOUT,
      env,
    });
    if (result.end === "exited" && result.code === 0) continue;
    const answer = answerOf(argv, result);
    const why =
      answer.outcome === "done"
        ? `exit code ${answer.facts["exit"]}: ${answer.facts["output"]}`
        : answer.reason;
    return {
      outcome: "failed",
      reason: `the work tree could not be prepared by ${argv.join(" ")}: ${why}`,
    };
  }
  return folder;
}

function environmentOf(
  outside: Outside,
  release: Release,
  { env = [], environment = "" }: CommandQuestion,
): Record<string, string> {
  const { plan } = release;
  const back = takenBack(release);
  return {
    ...environmentFor(env, outside.variables),
    HOLDPOINT_ENVIRONMENT: environment,
    HOLDPOINT_RELEASE: plan.release,
    HOLDPOINT_VERSION: plan.version,
    HOLDPOINT_COMMIT: plan.commit,
    HOLDPOINT_PREVIOUS: plan.previous?.version ?? "",
    ...(back && { HOLDPOINT_REASON: back.reason }),
  };
}

function answerOf(argv: readonly string[], result: RunResult): Answer {
  const said = argv.join(" ");
  switch (result.end) {
    case "exited":
      return {
        outcome: "done",
        facts: { exit: result.code, took: result.took, output: tail(result.output) },
      };
    case "killed":
      return {
        outcome: "failed",
        reason: `${said} was ended by ${result.signal}`,
        facts: { output: tail(result.output) },
      };
    case "timeout":
      return {
        outcome: "failed",
        reason: `${said} took longer than its timeout`,
        facts: { output: tail(result.output) },
      };
    case "not-started":
      return { outcome: "failed", reason: `${said} could not be started: ${result.reason}` };
    case "unknown":
      return { outcome: "unknown", reason: result.reason };
  }
}

function tail(output: string): string {
  return output.trimEnd().slice(-OUTPUT_TAIL);
}

type Done = Extract<Answer, { outcome: "done" }>;

/** Adds the figures of the report; a report that is missing or unreadable is a failure of the check, not a pass. */
async function withReport(
  answer: Done,
  folder: string,
  { format, file }: NonNullable<CommandQuestion["report"]>,
): Promise<Answer> {
  const text = await reportText(folder, file);
  const read = text === null ? null : readReport(format, text);
  if (read?.ok) {
    const facts: Evidence = { ...answer.facts, ...read.value, report: digestText(text ?? "") };
    return { ...answer, facts };
  }
  const why =
    read === null
      ? `there is no readable report ${file} after it ran`
      : `${file}: ${read.error.reason}`;
  return { outcome: "failed", reason: why, facts: answer.facts };
}

/** The text of a file inside the folder; null where there is none, it is too large, or a link leads outside. */
async function reportText(folder: string, file: string): Promise<string | null> {
  try {
    const path = await realpath(join(folder, file));
    if (!path.startsWith((await realpath(folder)) + sep)) return null;
    await using handle = await open(path);
    if ((await handle.stat()).size > REPORT_LIMIT) return null;
    return await handle.readFile("utf8");
  } catch {
    return null;
  }
}
