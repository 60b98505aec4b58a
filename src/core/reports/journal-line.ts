import type { Entry } from "../audit/entry.ts";
import { INCIDENT_STREAM, incidentLine, readIncident } from "../incidents/journal.ts";
import { readEvent } from "../release/upcast.ts";
import { isNews, logLine } from "./log-line.ts";

/**
 * An entry of the journal, of whatever stream, in words; and whether it is news to someone who watches.
 * @throws {UnknownEvent} for an entry that a newer Holdpoint has written
 */
export function journalLine(entry: Entry): { readonly text: string; readonly isNews: boolean } {
  if (entry.stream === INCIDENT_STREAM)
    return { text: incidentLine(readIncident(entry).event), isNews: true };
  const event = readEvent(entry);
  return { text: logLine(event), isNews: isNews(event) };
}
