import { createReadStream } from "node:fs";
import { resolve } from "node:path";
import type { Readable } from "node:stream";
import { problem } from "#api/problems.ts";
import { ProblemError } from "#app/problem.ts";
import type { Charge } from "#core/judge/judge.ts";
import { DEFAULT_TRIGGERS, hear, START_OF_STREAM, type Told } from "#core/judge/stream.ts";
import type { Policy } from "#core/policy/policy.ts";
import { readSound } from "#policy-file/check.ts";
import { need } from "../at-hand.ts";
import { EXIT } from "../exit-codes.ts";
import { plain } from "../text.ts";
import { type Call, type Run, said } from "../verb.ts";

/** After so many bad lines only their number is told, at the end. */
const WARNINGS = 20;
/** Characters of a line that never ends, after which it is cut. */
const LONGEST = 2_097_152;

/** Judges a recorded stream: one line in per second, one line out per check. The first rollback ends it. */
export const run: Run = async (call) => {
  const charge = await chargeOf(call);
  const { out, err } = call.world.terminal;
  let [stream, warnings] = [START_OF_STREAM, 0];
  const warn = (warning: string): void => {
    warnings += 1;
    if (warnings <= WARNINGS) err(`${plain(warning)}\n`);
    if (warnings === WARNINGS) err("More of such lines are only counted.\n");
  };
  await inLines(inputOf(call, said(call, "samples") ?? "-"), (lines) => {
    let told = "";
    for (const line of lines) {
      const heard = hear(stream, line, charge);
      stream = heard.stream;
      for (const one of heard.told) told += sayTold(call, one);
      if (heard.warning !== null) warn(heard.warning);
    }
    if (told !== "") out(told);
    return !stream.over;
  });
  if (warnings > WARNINGS) err(`${warnings} of ${stream.lines} lines were let be.\n`);
  if (stream.lines === 0) throw new ProblemError(problem("usage", NO_LINES));
  return EXIT.ok;
};

const NO_LINES = {
  sentence: "There is no line in the samples.",
  remedy: "Give one JSON line per second: `holdpoint judge --help` says what it holds.",
};

async function chargeOf(call: Call): Promise<Charge> {
  const seconds = Number(said(call, "plannedSeconds"));
  if (!Number.isSafeInteger(seconds) || seconds < 1) {
    throw new ProblemError(
      problem("usage", {
        sentence: "The value of --planned-seconds is not a number of seconds.",
        remedy: "Say how long the release is to be watched: --planned-seconds 3600.",
      }),
    );
  }
  const file = said(call, "policy");
  const policy =
    file === undefined ? null : need(await readSound(resolve(call.world.around.cwd, file)));
  const on = policy === null ? DEFAULT_TRIGGERS : policy.rollback.on;
  const worse = on.worse ?? DEFAULT_TRIGGERS.worse;
  const chance = worse?.chance ?? 100;
  return {
    triggers: { ...on, worse: { chance, watch: seconds * 1000 } },
    objectives: policy?.objectives ?? {},
    budgets: policy === null ? [] : budgetsOf(policy),
  };
}

/** The objectives whose spent budget holds any release: those of all budget gates, as no one type is judged here. */
function budgetsOf({ gates, objectives }: Policy): readonly string[] {
  const names = Object.keys(objectives);
  const asked = Object.values(gates).flatMap(({ budget }) => (budget ? [budget.only] : []));
  return names.filter((name) => asked.some((only) => only.length === 0 || only.includes(name)));
}

function sayTold(call: Call, told: Told): string {
  if (call.options["json"] === true) return `${JSON.stringify(told)}\n`;
  const { t, verdict, reason } = told;
  return `${String(t).padStart(6)} s  ${verdict.padEnd(8)}  ${plain(reason)}\n`;
}

function inputOf(call: Call, from: string): Readable {
  return from === "-"
    ? createReadStream("", { fd: 0 })
    : createReadStream(resolve(call.world.around.cwd, from));
}

/** Cuts text into lines as it comes; stops when `take` answers false. */
async function inLines(
  input: Readable,
  take: (lines: readonly string[]) => boolean,
): Promise<void> {
  input.setEncoding("utf8");
  let rest = "";
  try {
    for await (const chunk of input) {
      const lines = `${rest}${chunk}`.split("\n");
      rest = lines.pop() ?? "";
      if (rest.length > LONGEST) rest = rest.slice(0, LONGEST);
      if (!take(lines)) return;
    }
  } catch (error) {
    throw new ProblemError(
      problem("usage", {
        sentence: `The samples cannot be read (${(error as NodeJS.ErrnoException).code ?? "unknown"}).`,
        remedy: "Name a file of samples, or `-` for standard input.",
      }),
    );
  }
  if (rest !== "") take([rest]);
}
