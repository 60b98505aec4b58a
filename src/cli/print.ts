import type { StatusReport } from "#core/reports/status.ts";
import { suggestions } from "./standstill.ts";
import { paintFor, plain } from "./text.ts";
import type { Call } from "./verb.ts";
import { statusLines } from "./views/status.ts";

/** The one result of a verb: a JSON document, or lines for people. */
export function printResult(call: Call, result: unknown, lines: () => readonly string[]): void {
  const text = call.options["json"] === true ? JSON.stringify(result, null, 2) : lines().join("\n");
  if (text !== "") call.world.terminal.out(`${text}\n`);
}

/** Where a release stands. */
export function printStatus(call: Call, report: StatusReport): void {
  const { terminal, clock } = call.world;
  printResult(call, report, () => statusLines(report, paintFor(terminal.color), clock()));
}

/** Commands to go on with, as a message: never part of the result. */
export function printNext(call: Call, commands: readonly string[]): void {
  if (commands.length === 0) return;
  call.world.terminal.err(`next: ${commands.map(plain).join("\n      ")}\n`);
}

export function printSuggestions(
  call: Call,
  report: StatusReport,
  more: readonly string[] = [],
): void {
  printNext(call, [...suggestions(report), ...more]);
}
