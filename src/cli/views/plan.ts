import { formatDuration, formatInstant } from "#core/base/time.ts";
import type { PlanReport } from "#core/reports/plan.ts";
import { type Paint, plain } from "../text.ts";

/** What a release would be, for people; with `why`, each reason that led to its version. */
export function planLines(report: PlanReport, paint: Paint, { why }: { why: boolean }): string[] {
  const { system, version, type, release, tag, commit, previous, bump, at, earliest } = report;
  const lines = [
    paint.strong(`${plain(system)} ${plain(version)} (${plain(type)}, ${plain(release)})`),
    `after     ${plain(previous ?? "nothing; it is the first")}, a ${plain(bump)} bump`,
    `commit    ${plain(commit.slice(0, 12))}, to be tagged ${plain(tag)}`,
    `T-0       ${formatInstant(at)}`,
    earliest === null
      ? paint.bad("earliest  its windows are never all open within a year")
      : `earliest  ${formatInstant(earliest)}`,
    ...report.phases.map((phase) => phaseLine(phase)),
    ...wayBack(report, paint),
    ...report.lengths.map(lengthLine),
    ...report.judge.map((line) => `judge     ${plain(line)}`),
  ];
  if (why) lines.push("", "Why this version:", ...report.reasons.map((text) => `  ${plain(text)}`));
  for (const part of report.components) lines.push(...componentLines(part, why));
  for (const { path, lines: changed } of report.files)
    lines.push("", `writes    ${plain(path)}`, ...changed.map((line) => `  ${plain(line)}`));
  for (const warning of report.warnings) lines.push(paint.careful(`warning: ${plain(warning)}`));
  return lines;
}

function componentLines(part: PlanReport["components"][number], why: boolean): string[] {
  const { component, previous, bump, version, tag, reasons } = part;
  const line =
    bump === "none"
      ? `component ${component}: stays ${version}`
      : `component ${component}: ${version}, a ${bump} bump, after ${previous ?? "nothing"}, to be tagged ${tag}`;
  return [plain(line), ...(why ? reasons.map((text) => `  ${plain(text)}`) : [])];
}

function phaseLine({ name, opensAt, gates, steps, bound }: PlanReport["phases"][number]): string {
  const opens = opensAt === null ? "" : ` from ${formatInstant(opensAt)}`;
  const asked = gates.map((gate) => `${gate.name} (${gate.kind})`).join(", ");
  const work =
    steps.length === 0 ? "no steps" : `${steps.join(", ")}; at most ${formatDuration(bound)}`;
  return plain(`phase     ${name}${opens}: ${asked === "" ? "no gates" : asked}; ${work}`);
}

function lengthLine({ phase, weight, length, said }: PlanReport["lengths"][number]): string {
  return plain(`length    ${phase} ${weight / 100} %: ${formatDuration(length)}; ${said}`);
}

function wayBack({ rollback }: PlanReport, paint: Paint): string[] {
  const { target, bound, noReturn } = rollback;
  const line = `way back  at most ${formatDuration(bound)}, promised ${formatDuration(target)}`;
  const lines = [bound > target ? paint.bad(line) : line];
  if (noReturn !== null) lines.push(paint.careful(`no return after ${plain(noReturn)}`));
  return lines;
}
