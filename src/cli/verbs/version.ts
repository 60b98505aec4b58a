import { readFileSync } from "node:fs";
import { problem } from "#api/problems.ts";
import type { History } from "#app/ports/history.ts";
import { ProblemError } from "#app/problem.ts";
import {
  nextOfComponents,
  nextVersionAt,
  type VersionAnswer,
  versionOfRange,
  wholeHistory,
} from "#app/versions.ts";
import { CANDIDATE_NAME } from "#core/versioning/candidates.ts";
import type { VersioningRules } from "#core/versioning/shape.ts";
import { need } from "../at-hand.ts";
import { EXIT } from "../exit-codes.ts";
import { printResult } from "../print.ts";
import { historyOf, rulesOf } from "../rules.ts";
import { paintFor } from "../text.ts";
import { type Call, type Run, said } from "../verb.ts";
import { componentLines, versionLines } from "../views/version.ts";

export const run: Run = async (call) => {
  // What needs git and what does not, at once: each start of git is a good part of the whole.
  const [known, history] = await Promise.all([rulesOf(call), historyOf(call)]);
  const rules = ofComponent(call, known);
  const paint = paintFor(call.world.terminal.color);
  const range = said(call, "range");
  const ref = said(call, "ref") ?? "HEAD";
  const candidate = candidateOf(call);
  if (range === undefined && Object.keys(rules.components).length === 0) {
    const asked = nextVersionAt(history, ref, rules, candidate);
    // Of a cut history any answer is wrong, and so is any failure.
    asked.catch(() => {});
    need(await wholeHistory(history));
    const answer = await amongOthers(call, { history, ref, known, own: need(await asked) });
    printResult(call, answer, () => versionLines(answer, paint));
    return EXIT.ok;
  }
  need(await wholeHistory(history));
  if (range === undefined) {
    const plans = need(await nextOfComponents(history, ref, rules));
    printResult(call, plans, () => componentLines(plans, paint));
    return EXIT.ok;
  }
  if (range === "-") {
    const answers: VersionAnswer[] = [];
    for (const line of readFileSync(0, "utf8")
      .split("\n")
      .filter((one) => one.trim() !== ""))
      answers.push(need(await versionOfRange(history, line.trim(), rules, candidate)));
    printResult(call, answers, () => answers.flatMap((answer) => versionLines(answer, paint)));
    return EXIT.ok;
  }
  const answer = need(await versionOfRange(history, range, rules, candidate));
  printResult(call, answer, () => versionLines(answer, paint));
  return EXIT.ok;
};

function candidateOf(call: Call): string | undefined {
  const name = said(call, "candidate");
  if (name === undefined || CANDIDATE_NAME.test(name)) return name;
  throw new ProblemError(
    problem("usage", {
      sentence: `The name of --candidate is not understood.`,
      remedy: "Say a word in lower case such as beta.",
    }),
  );
}

/** What a component comes to by itself, or by those that it uses or is linked with, if that is more. */
async function amongOthers(
  call: Call,
  {
    history,
    ref,
    known,
    own,
  }: { history: History; ref: string; known: VersioningRules; own: VersionAnswer },
): Promise<VersionAnswer> {
  const name = said(call, "component");
  if (name === undefined) return own;
  const plans = need(await nextOfComponents(history, ref, known));
  const plan = plans.find(({ component }) => component === name);
  if (plan === undefined || plan.version === own.version || said(call, "candidate") !== undefined)
    return own;
  const { bump, version } = plan;
  return { ...own, bump, version, reasons: plan.reasons.filter((one) => one.bump === bump) };
}

/** The rules of one component by itself: its tags, its paths, and no components any more. */
function ofComponent(call: Call, rules: VersioningRules): VersioningRules {
  const name = said(call, "component");
  if (name === undefined) return rules;
  const component = Object.hasOwn(rules.components, name) ? rules.components[name] : undefined;
  if (component === undefined) {
    const known = Object.keys(rules.components).join(", ");
    throw new ProblemError(
      problem("no-component", {
        sentence: `The rules have no component ${name}.`,
        ...(known !== "" && { remedy: `Name one of ${known}.` }),
      }),
    );
  }
  const { tag, paths } = component;
  return { ...rules, tag, paths, line: [], components: {} };
}
