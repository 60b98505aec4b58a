import type { Instant } from "#core/base/time.ts";
import type { StatusReport } from "#core/reports/status.ts";
import { cut, type Paint, plain } from "./text.ts";
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

/** Off a terminal: a line whenever what holds has changed; null when it has not. */
export function holdNews(before: StatusReport | null, report: StatusReport): string | null {
  const say = ({ holds, status }: StatusReport) =>
    status === "held" ? holds.map(({ name, reason }) => `${name}: ${reason}`).join("; ") : "";
  const now = say(report);
  return now === "" || (before !== null && say(before) === now) ? null : plain(`held by ${now}`);
}
