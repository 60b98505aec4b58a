import type { BoardRow } from "#app/ports/store.ts";
import { formatDuration, formatInstant } from "#core/base/time.ts";
import { sayBeside } from "#core/changelog/beside.ts";
import type { GateReport } from "#core/reports/gate-report.ts";
import type { PhaseReport, StatusReport, StepReport } from "#core/reports/status.ts";
import { bar, columns, type Paint, percent, plain } from "../text.ts";
import { debtLines } from "./debts.ts";
import { dutyLines } from "./duties.ts";

/** Everything of one release for people: phases, what holds and who can lift it, traffic, the way back. */
export function statusLines(report: StatusReport, paint: Paint, now: number): string[] {
  return [
    headLine(report, paint),
    ...componentLines(report),
    ...report.phases.flatMap((phase) => phaseLines(phase, paint)),
    ...holdLines(report, paint, now),
    ...slotLines(report),
    ...debtLines(report.debts, paint),
    ...dutyLines(report.duties, paint),
    ...trafficLines(report, paint),
    ...alertLines(report, paint),
    ...wayBackLines(report, paint, now),
    ...withdrawalLines(report, paint),
    ...endLines(report, paint),
  ];
}

/** Releases, one a line. */
export function listLines(
  rows: readonly Pick<BoardRow, "release" | "type" | "status" | "phase" | "updatedAt">[],
  paint: Paint,
): string[] {
  const cells = rows.map(({ release, type, status, phase, updatedAt }) =>
    [release, type, status, phase === "ended" ? "-" : phase, formatInstant(updatedAt)].map(plain),
  );
  const [head = "", ...lines] = columns([
    ["RELEASE", "TYPE", "STATUS", "PHASE", "CHANGED"],
    ...cells,
  ]);
  return [paint.strong(head), ...lines];
}

export function headLine(report: StatusReport, paint: Paint): string {
  const { system, version, type, status, release, commit } = report;
  const name = paint.strong(`${plain(system)} ${plain(version)}`);
  const what = `${plain(type)}, ${plain(release)}, commit ${plain(commit.slice(0, 12))}`;
  return `${name} (${what})  ${paintStatus(status, paint)}`;
}

/** The components that go out; nothing where the policy names none. */
function componentLines({ components }: StatusReport): string[] {
  return components.length === 0 ? [] : [`with ${plain(sayBeside(components))}`];
}

function paintStatus(status: StatusReport["status"], paint: Paint): string {
  if (status === "stable") return paint.good(status);
  if (status === "working" || status === "waiting") return paint.strong(status);
  return status === "held" ? paint.careful(status) : paint.bad(status);
}

export function phaseLines(phase: PhaseReport, paint: Paint): string[] {
  const mark = PHASE_MARKS[phase.state];
  const opens =
    phase.state === "waiting" && phase.opensAt !== null
      ? `, opens ${formatInstant(phase.opensAt)}`
      : "";
  const where = phase.environment === null ? "" : ` in ${plain(phase.environment)}`;
  const title = `${mark} ${plain(phase.name)}${where}: ${phase.state}${opens}`;
  if (phase.state === "to come") return [paint.faint(title)];
  if (phase.state === "passed") return [paint.good(title)];
  return [
    paint.strong(title),
    ...phase.gates.map((gate) => gateLine(gate, paint)),
    ...phase.steps.map((step) => stepLine(step, paint)),
  ];
}

const PHASE_MARKS: Readonly<Record<PhaseReport["state"], string>> = {
  "to come": "·",
  waiting: "◷",
  held: "‖",
  working: "▸",
  passed: "✓",
};

function gateLine({ name, kind, level, verdict, reason }: GateReport, paint: Paint): string {
  const mark = verdict === "pass" || verdict === "waived" ? "✓" : verdict === "fail" ? "✗" : "‖";
  const said = level === "hold" ? verdict : `${verdict}, ${level} only`;
  const line = `    ${mark} ${plain(name)} (${kind}): ${said}; ${plain(reason)}`;
  if (mark === "✓") return paint.good(line);
  return mark === "✗" || verdict === "error" ? paint.bad(line) : paint.careful(line);
}

function stepLine({ id, state, note }: StepReport, paint: Paint): string {
  const name = id.slice(id.indexOf("/") + 1);
  const line = `    ${STEP_MARKS[state]} ${plain(name)}: ${state}${note === "" ? "" : `; ${plain(note)}`}`;
  if (state === "done") return paint.good(line);
  if (state === "to come") return paint.faint(line);
  return state === "under way" ? line : paint.bad(line);
}

const STEP_MARKS: Readonly<Record<StepReport["state"], string>> = {
  "to come": "·",
  "under way": "▸",
  done: "✓",
  failed: "✗",
  "in doubt": "?",
  "to be retried": "↻",
};

/** Why not now: each unmet hold, who can lift it by what, and when the clock may. */
export function holdLines(report: StatusReport, paint: Paint, now: number): string[] {
  const lines: string[] = [];
  const why = report.holds.length > 1 ? `${report.holds.length} holds` : plain(report.why);
  if (report.why !== "") lines.push("", paint.strong(`Why not now: ${why}`));
  const many = report.holds.length > 1;
  for (const { name, reason, lift, until } of report.holds) {
    if (many) lines.push(`  ${plain(name)}: ${plain(reason)}`);
    const at = many ? "    " : `  ${plain(name)}: `;
    for (const way of lift) lines.push(`${at}${plain(way)}`);
    if (until !== null)
      lines.push(`${at}by itself ${formatInstant(until)}, ${inTime(until - now)}`);
  }
  const byClock = report.wakeAt !== null && report.holds.every(({ until }) => until === null);
  if (report.why !== "" && byClock && report.wakeAt !== null) {
    lines.push(`  looked at again ${formatInstant(report.wakeAt)}`);
  }
  return lines;
}

/** When its work may go at the earliest, and what moves it there. */
export function slotLines({ earliest, status }: StatusReport): string[] {
  if (earliest === null || (status !== "held" && status !== "waiting")) return [];
  const why = earliest.because.map((text) => `  ${plain(text)}`);
  return [`earliest  ${formatInstant(earliest.at)}`, ...why];
}

function inTime(millis: number): string {
  return millis <= 0 ? "now" : `in ${formatDuration(millis)}`;
}

/** The weight as a bar, and what both versions make of their traffic. */
export function trafficLines({ traffic, version }: StatusReport, paint: Paint): string[] {
  if (traffic === null) return [];
  const { weight, verdict, reason, errorRate, requests, looks } = traffic;
  const say = (rate: number | null) => (rate === null ? "none yet" : percent(rate));
  const judged = `judge: ${verdict}, ${plain(reason)} (${looks} looks)`;
  return [
    "",
    `Traffic   ${bar(weight / 10_000)} ${percent(weight)} to ${plain(version)}`,
    `Errors    new ${say(errorRate.canary)} of ${requests.canary} requests, stable ${say(errorRate.stable)} of ${requests.stable}`,
    verdict === "rollback"
      ? paint.bad(judged)
      : verdict === "hold"
        ? paint.careful(judged)
        : judged,
  ];
}

/** What people were alerted of and is not over, and what a report waits for. */
function alertLines({ alerts, unticked }: StatusReport, paint: Paint): string[] {
  const raised = alerts.map(({ cause, severity }) => {
    const line = `Alert     ${plain(severity)}: ${plain(cause)}`;
    return severity === "critical" ? paint.bad(line) : paint.careful(line);
  });
  return unticked.length === 0
    ? raised
    : [
        ...raised,
        `To tick   ${unticked.map(({ gate, item }) => plain(`${item} of ${gate}`)).join(", ")}`,
      ];
}

/** How long after the decision each moment of the way back was reached. */
function tookLines({ rollback: { took, late, frozen } }: StatusReport, paint: Paint): string[] {
  const moments = Object.entries(took).map(
    ([moment, length]) => `${plain(moment)} after ${formatDuration(length)}`,
  );
  const line = `Took      ${moments.join(", ")}${late ? ", later than promised" : ""}`;
  const frozenLine = `Frozen    no release may enter ${plain(frozen ?? "")}: holdpoint unfreeze`;
  return [
    ...(moments.length > 0 ? [late ? paint.bad(line) : line] : []),
    ...(frozen === null ? [] : [paint.bad(frozenLine)]),
  ];
}

/** The derived way back: its bound against the promise, or the clock while it runs. */
export function wayBackLines(report: StatusReport, paint: Paint, now: number): string[] {
  const { rollback, end, withdrawal } = report;
  if (end !== null || withdrawal !== null) return tookLines(report, paint);
  const { target, bound, steps, noReturn, decidedAt, reason } = rollback;
  if (decidedAt !== null) {
    const took = Math.max(0, now - decidedAt);
    const clock = `Way back  ${bar(took / target)} ${formatDuration(took)} of ${formatDuration(target)} promised`;
    const line = took > target ? paint.bad(clock) : paint.strong(clock);
    return ["", line, plain(reason ?? ""), ...tookLines(report, paint)];
  }
  if (noReturn !== null) return ["", paint.careful(`No way back: ${plain(noReturn)}`)];
  if (steps.length === 0) return [];
  const line = `Way back  at most ${formatDuration(bound)}, promised ${formatDuration(target)}: ${steps.join(", ")}`;
  return ["", bound > target ? paint.bad(line) : line];
}

/** What marks a version that is taken back, and how far that is. */
function withdrawalLines({ withdrawal, version }: StatusReport, paint: Paint): string[] {
  if (withdrawal === null) return [];
  const title = `Withdrawing ${plain(version)}: ${plain(withdrawal.reason)}`;
  return ["", paint.bad(title), ...withdrawal.steps.map((step) => stepLine(step, paint))];
}

function endLines({ end }: StatusReport, paint: Paint): string[] {
  if (end === null) return [];
  const line = `Ended ${end.how}: ${plain(end.reason)}`;
  return ["", end.how === "stable" ? paint.good(line) : paint.bad(line)];
}
