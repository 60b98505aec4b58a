// The verb `changelog`, but for the whole history: what the next release adds, checked and written.
import type { Desk } from "#app/desk.ts";
import { listed } from "#core/base/words.ts";
import type { PlanReport } from "#core/reports/plan.ts";
import { configOf, need, Told, withDesk } from "./at-hand.ts";
import { EXIT } from "./exit-codes.ts";
import { gitPlace } from "./joins.ts";
import { planAsk } from "./plan-ask.ts";
import { printResult } from "./print.ts";
import { plain } from "./text.ts";
import type { Call, Run } from "./verb.ts";
import { withdrawnVersions } from "./withdrawn.ts";

export const keptChangelog: Run = async (call) => {
  if (call.options["check"] === true)
    return await withDesk(call, "reads", ({ desk }) => check(call, desk));
  return await withDesk(call, "acts", async ({ desk, person }) => {
    const report = need(await desk.plan(planAsk(call, person)));
    return call.options["write"] === true ? await write(call, report) : show(call, report);
  });
};

/** The part of the next release, as it would be written. */
function show(call: Call, { version, day, changelog }: PlanReport): number {
  printResult(call, { version, day, changelog }, () => [
    `## [${version}] - ${day}`,
    ...(changelog === "" ? [] : ["", changelog]),
  ]);
  return EXIT.ok;
}

async function write(call: Call, report: PlanReport): Promise<number> {
  const { root, policyFile } = configOf(call);
  const { version, tag, day, changelog, previous } = report;
  const components = report.components.filter(({ bump }) => bump !== "none");
  const release = { version, tag, day, changelog, previous, components };
  const written = need(await call.world.joins.writeChangelog(root, { policyFile, release }));
  printResult(call, written, () => {
    if (written.candidate)
      return [`${version} is a candidate: what it brings stays under [Unreleased] until it is out`];
    if (written.files.length === 0) return [`${version} is written already`];
    return [`wrote ${version} into ${plain(listed(written.files))}`];
  });
  return EXIT.ok;
}

async function check(call: Call, desk: Desk): Promise<number> {
  const { root, policyFile } = configOf(call);
  const withdrawn = (await withdrawnVersions(desk)).map(({ version }) => version);
  const place = gitPlace(call.world, root);
  const checked = need(await call.world.joins.changelogProblems(place, { policyFile, withdrawn }));
  if (checked.problems.length > 0) throw new Told(checked.problems);
  const [, ...more] = checked.files;
  const are = more.length > 0 ? "are as they" : "is as it";
  printResult(call, checked, () => [`${plain(listed(checked.files))} ${are} should be.`]);
  return EXIT.ok;
}
