import { problem } from "#api/problems.ts";
import { ProblemError } from "#app/problem.ts";
import { formatSpan } from "#core/base/time.ts";
import type { AgendaEntry } from "#core/reports/agenda.ts";
import { icalendar } from "#core/reports/icalendar.ts";
import { need, withDesk } from "../at-hand.ts";
import { EXIT } from "../exit-codes.ts";
import { printResult } from "../print.ts";
import { plain } from "../text.ts";
import { type Call, type Run, said } from "../verb.ts";

export const run: Run = (call) =>
  withDesk(call, "reads", async ({ desk }) => {
    const from = dayOf(call, "from");
    const to = dayOf(call, "to");
    const days = { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
    const agenda = need(await desk.agenda(days));
    const { system, zone, entries, at } = agenda;
    if (call.options["ics"] === true && call.options["json"] !== true)
      call.world.terminal.out(icalendar(system, entries, at));
    else printResult(call, agenda, () => entries.map((entry) => entryLine(entry, zone)));
    return EXIT.ok;
  });

function entryLine({ kind, from, to, title, note }: AgendaEntry, zone: string): string {
  const more = note === "" ? "" : ` ${note.replaceAll("\n", " ")}`;
  return plain(`${kind.padEnd(8)}  ${formatSpan(from, to, zone)}  ${title}.${more}`);
}

function dayOf(call: Call, option: string): string | undefined {
  const text = said(call, option);
  if (text === undefined) return undefined;
  try {
    return Temporal.PlainDate.from(text, { overflow: "reject" }).toString();
  } catch {
    const sentence = `The day of --${option} is not understood.`;
    throw new ProblemError(problem("usage", { sentence, remedy: "Write it like 2026-11-24." }));
  }
}
