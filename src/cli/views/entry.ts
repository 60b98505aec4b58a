import type { Entry } from "#core/audit/entry.ts";
import { formatInstant } from "#core/base/time.ts";
import { journalLine } from "#core/reports/journal-line.ts";
import { plain } from "../text.ts";

/** One entry of the journal in words. */
export function entryLine(entry: Entry, { stream }: { stream: boolean }): string {
  const who = entry.by === "holdpoint" ? "" : `${entry.by} `;
  const of = stream ? `${entry.stream}  ` : "";
  return plain(`${formatInstant(entry.at)}  ${of}${who}${journalLine(entry).text}`);
}
