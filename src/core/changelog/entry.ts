import type { Change } from "../versioning/reverts.ts";
import type { Linker } from "./links.ts";
import { asText } from "./markdown.ts";

/** One change as an item of a list: scope, what it does, its commit; below it what breaks. */
export function entryOf({ commit, message }: Change, { text, commit: linked }: Linker): string {
  const scope = message.scope === null ? "" : `**${asText(message.scope)}:** `;
  const line = `- ${scope}${text(message.description)} (${linked(commit.id)})`;
  if (message.breakingNotes.length === 0) return line;
  const notes = message.breakingNotes.filter((note) => note !== "");
  return [line, ...notes.map((note) => `  - ${text(note, 1000)}`)].join("\n");
}

/** A heading of the third level with what stands below it. */
export function sectionText(title: string, body: string): string {
  return `### ${title}\n\n${body}`;
}
