import { formatDuration, type Instant } from "#core/base/time.ts";
import type { StatusReport } from "#core/reports/status.ts";
import { cut, type Paint, percent, plain } from "./text.ts";
import { headLine, holdLines, phaseLines, trafficLines, wayBackLines } from "./views/status.ts";

/** One release at one moment, as the live view shows it. */
export interface Scene {
  readonly report: StatusReport;
  readonly now: Instant;
  /** What happened last, oldest first: lines of `entryLine`. */
  readonly log: readonly string[];
  readonly width: number;
}

const MOST_LOG_LINES = 6;

/** The live view: what it does, what holds and who can lift it, weights, error rates, the clock of a way back. */
export function sceneLines({ report, now, log, width }: Scene, paint: Paint): string[] {
  const lines = [
    headLine(report, paint),
    ...report.phases.flatMap((phase) => phaseLines(phase, paint)),
    ...holdLines(report, paint, now),
    ...trafficLines(report, paint),
    ...wayBackLines(report, paint, now),
    "",
    ...log.slice(-MOST_LOG_LINES).map((line) => paint.faint(plain(line))),
  ];
  return lines.map((line) => cut(line, width));
}

/** What moves the cursor back over lines drawn before and clears them. */
export function overDrawn(lines: number): string {
  return lines === 0 ? "" : `\u001b[${lines}F\u001b[0J`;
}

/** Off a terminal: what has changed since the last look, beside the news of the log. */
export function statusNews(before: StatusReport | null, report: StatusReport): string[] {
  return [holding, weighing].flatMap((say) => {
    const now = say(report);
    return now === "" || (before !== null && say(before) === now) ? [] : [plain(now)];
  });
}

/** What holds, and who can lift it. */
function holding({ holds, status }: StatusReport): string {
  if (status !== "held") return "";
  const said = holds.map(({ name, lift: [first] }) => (first ? `${name} (${first})` : name));
  return said.length === 0 ? "" : `    held by ${said.join(", ")}`;
}

function weighing({ traffic, version, end }: StatusReport): string {
  if (traffic === null || end !== null) return "";
  const { weight, errorRate } = traffic;
  const rate = (of: number | null) => (of === null ? "none counted yet" : percent(of));
  return `    ${percent(weight)} of the traffic to ${version}; errors: new ${rate(errorRate.canary)}, stable ${rate(errorRate.stable)}`;
}

/** Off a terminal: the clock of a way back, against the promise. */
export function clockNews({ rollback, end }: StatusReport, now: number): string | null {
  const { decidedAt, target } = rollback;
  if (decidedAt === null || end !== null) return null;
  return `    going back for ${formatDuration(now - decidedAt)} of ${formatDuration(target)} promised`;
}
