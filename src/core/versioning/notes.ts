import type { Change } from "./reverts.ts";
import { shortId, visibleLine } from "./text.ts";

/** The sections of release notes, in order, and which commit types each takes. */
const SECTIONS: readonly (readonly [title: string, types: readonly string[]])[] = [
  ["Features", ["feat", "feature"]],
  ["Fixes", ["fix", "hotfix", "security"]],
  ["Performance", ["perf"]],
];

/**
 * Release notes in Markdown: Breaking changes, Features, Fixes, Performance, Other; newest first in each, every change
 * once, with the start of its commit's id. Sections without a change are left out. Commit texts are shown as text:
 * nothing in them can become a link, an image, HTML or a heading.
 */
export function notesOf(version: string, changes: readonly Change[]): string {
  const sections = new Map<string, string[]>(
    ["Breaking changes", ...SECTIONS.map(([title]) => title), "Other"].map((title) => [title, []]),
  );
  for (const change of changes) sections.get(sectionOf(change))?.push(entry(change));
  const parts = [...sections].flatMap(([title, entries]) =>
    entries.length === 0 ? [] : [`### ${title}\n\n${entries.join("\n")}`],
  );
  return `${[`## ${version}`, ...parts].join("\n\n")}\n`;
}

/**
 * Text that Markdown (CommonMark, GitHub's dialect) shows as it is. Every character that could open markup is escaped;
 * addresses are broken up, so that they are read but not linked.
 */
export function asText(text: string, most?: number): string {
  return visibleLine(text, most)
    .replace(/[\\`*_[\]<>&~|@!$]/g, "\\$&")
    .replace(/:(?=\/\/)/g, "\\:")
    .replace(/\bwww\./gi, (www) => `${www.slice(0, 3)}\\.`)
    .replace(/^[#+=-]/, "\\$&")
    .replace(/^(\d{1,9})([.)])(?=\s|$)/, "$1\\$2");
}

function sectionOf({ message }: Change): string {
  if (message.breaking) return "Breaking changes";
  return SECTIONS.find(([, types]) => types.includes(message.type ?? ""))?.[0] ?? "Other";
}

function entry({ commit, message }: Change): string {
  const scope = message.scope === null ? "" : `**${asText(message.scope)}:** `;
  const line = `- ${scope}${asText(message.description)} (${shortId(commit.id)})`;
  const notes = message.breakingNotes.filter((note) => note !== "");
  return [line, ...notes.map((note) => `  - ${asText(note, 1000)}`)].join("\n");
}
