import { relative, resolve } from "node:path";
import type { Severity } from "#core/policy/finding.ts";
import type { PolicyCheck } from "#policy-file/check.ts";
import { configOf, need } from "../at-hand.ts";
import { EXIT } from "../exit-codes.ts";
import { paintFor, plain } from "../text.ts";
import type { Call, Run } from "../verb.ts";

export const run: Run = async (call) => {
  const named = call.args["file"];
  const { joins, around, clock, terminal } = call.world;
  const file = named === undefined ? configOf(call).policyFile : resolve(around.cwd, named);
  const today = Temporal.Instant.fromEpochMilliseconds(clock()).toString().slice(0, 10);
  const checked = need(await joins.check(file, today));
  terminal.out(await told(call, checked));
  if (!isSound(checked)) return EXIT.usage;
  const warned = checked.problems.some(({ severity }) => severity === "warning");
  return warned && call.options["strict"] === true ? EXIT.failed : EXIT.ok;
};

async function told(call: Call, checked: PolicyCheck): Promise<string> {
  const { printProblems, problemsAsJson } = await import("#policy-file/print.ts");
  const { text, file, problems, beside } = checked;
  if (call.options["json"] === true) return problemsAsJson(problems);
  if (call.options["sarif"] === true) {
    const { problemsAsSarif } = await import("#policy-file/sarif.ts");
    return problemsAsSarif(problems, call.world.around.cwd);
  }
  const { color } = call.world.terminal;
  const named = problems.map((one) => ({ ...one, file: nearName(call, one.file) }));
  const texts = new Map([...beside].map(([path, found]) => [nearName(call, path), found]));
  const found = printProblems(named, { text, beside: texts, colour: color });
  const of = (which: Severity) => problems.filter(({ severity }) => severity === which).length;
  const notes = of("note") === 0 ? [] : [count(of("note"), "note")];
  const counted = [count(of("error"), "error"), count(of("warning"), "warning"), ...notes];
  const counts = counted.join(", ");
  const paint = paintFor(color);
  const end = isSound(checked)
    ? paint.good(`${plain(nearName(call, file))} is sound (${counts}).`)
    : paint.bad(`${plain(nearName(call, file))} is not sound (${counts}).`);
  const read = checked.told.map((sentence) => `${plain(sentence)}.\n`).join("");
  return `${found}${read}${end}\n`;
}

/** A file as seen from where the verb is said; its whole path where it lies elsewhere. */
function nearName({ world }: Call, file: string): string {
  const near = relative(world.around.cwd, resolve(world.around.cwd, file));
  return near.startsWith("..") ? file : near;
}

function isSound({ problems }: PolicyCheck): boolean {
  return problems.every(({ severity }) => severity !== "error");
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? "" : "s"}`;
}
