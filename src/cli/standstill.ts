import { type Instant, MINUTE } from "#core/base/time.ts";
import type { StatusReport } from "#core/reports/status.ts";
import { EXIT } from "./exit-codes.ts";

/** How long the clock may hold a release before nobody should wait for it in the foreground. */
export const PATIENCE = 15 * MINUTE;

export type Standstill = "ended" | "stopped" | "held" | "in-doubt";

/** Why a release no longer moves by itself; null while it does. While it asks anything of the world, it moves. */
export function standstill(report: StatusReport, now: Instant): Standstill | null {
  if (report.asked.length > 0) return null;
  if (report.end !== null) return "ended";
  // The clock may have something to tell of these, but only a person takes them further.
  if (report.status === "stopped") return "stopped";
  if (report.status === "in-doubt") return "in-doubt";
  if (report.wakeAt !== null && report.wakeAt - now <= PATIENCE) return null;
  return ["held", "waiting", "paused"].includes(report.status) ? "held" : null;
}

/** The exit code of a verb that leaves a release where this report says. */
export function exitOf(report: Pick<StatusReport, "status">): number {
  switch (report.status) {
    case "stable":
    case "withdrawn":
      return EXIT.ok;
    case "in-doubt":
      return EXIT.doubt;
    case "stopped":
    case "rolled-back":
    case "aborted":
      return EXIT.failed;
    default:
      return EXIT.held;
  }
}

/** What to say next, as whole commands. */
export function suggestions(report: StatusReport): string[] {
  const { release } = report;
  const gates = report.holds.flatMap(({ name, kind, verdict }) => {
    if (kind === "signoff") return [`holdpoint approve ${release} ${name}`];
    if (kind === "checklist") return [`holdpoint tick ${release} ${name} ITEM`];
    if (kind === "evidence") return [`holdpoint prove ${release} ${name} --link URL`];
    return verdict === "fail" || verdict === "error" ? [`holdpoint retry ${release} ${name}`] : [];
  });
  switch (report.status) {
    case "stopped": {
      if (report.withdrawal !== null) return [`holdpoint retry ${release}`];
      const back = report.rollback.steps.length > 0 && report.rollback.noReturn === null;
      return [`holdpoint retry ${release}`, `holdpoint ${back ? "rollback" : "abort"} ${release}`];
    }
    case "in-doubt":
      return [`holdpoint settle ${release} done`, `holdpoint settle ${release} not-done`];
    default:
      return [
        ...gates,
        ...report.unticked.map(({ gate, item }) => `holdpoint tick ${release} ${gate} ${item}`),
      ];
  }
}
