// Why not now, for people: what holds and who can lift it, when it may go, and what is still to come.
import { formatInstant } from "#core/base/time.ts";
import type { StatusReport } from "#core/reports/status.ts";
import type { HoldAhead } from "#core/reports/why-not.ts";
import { type Paint, plain } from "../text.ts";
import { headLine, holdLines, slotLines } from "./status.ts";

export function whyNotLines(report: StatusReport, paint: Paint, now: number): string[] {
  const held = holdLines(report, paint, now);
  return [
    headLine(report, paint),
    ...(held.length > 0 ? held : ["", paint.good(goes(report))]),
    ...slotLines(report),
    ...(report.ahead.length > 0 ? ["", paint.strong("Still to come:")] : []),
    ...report.ahead.map((hold) => paint.faint(plain(aheadLine(hold)))),
  ];
}

/** What it says of a release that nothing holds. */
function goes({ end }: StatusReport): string {
  return end === null
    ? "Nothing holds it: it goes on by itself."
    : plain(`It is over: ${end.how}.`);
}

function aheadLine({ phase, gate, owner, asks, opensAt }: HoldAhead): string {
  const who = owner === null ? "" : ` (${owner})`;
  const when = opensAt === null ? "" : `, from ${formatInstant(opensAt)} on`;
  return `  ${phase}/${gate}${who}: ${asks}${when}`;
}
