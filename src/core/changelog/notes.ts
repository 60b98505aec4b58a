// Release notes: what people read of a release, in the sections that the policy asks for.
import type { Change } from "../versioning/reverts.ts";
import { visibleLine } from "../versioning/text.ts";
import { entryOf, sectionText } from "./entry.ts";
import { type Links, linkerOf } from "./links.ts";
import { asText } from "./markdown.ts";
import { inSections, NOTES_SECTIONS, type Section } from "./sections.ts";

/** A section of notes: what commits tell, and what people write in a file. */
interface NotesSection extends Section {
  readonly file?: string | undefined;
  /** Release types in which it must not be empty. */
  readonly required: readonly string[];
}

export interface NotesRules {
  readonly sections: readonly NotesSection[];
  readonly contributors: boolean;
}

export interface NotesInput {
  readonly version: string;
  readonly type: string;
  readonly changes: readonly Change[];
  /** Names of those who wrote the commits. */
  readonly contributors: readonly string[];
  /** What people wrote, by the path that a section names; a file that is not there is missing. */
  readonly written: Readonly<Record<string, string>>;
  readonly rules: NotesRules;
  readonly links: Links;
  /** Why the version was withdrawn, where it was. */
  readonly withdrawn?: string | undefined;
}

export const DEFAULT_NOTES: NotesRules = {
  sections: NOTES_SECTIONS.map((section) => ({ ...section, required: [] })),
  contributors: false,
};

export interface Notes {
  /** Markdown. Text of commits can become no heading, HTML or mention in it; what people wrote in files is theirs. */
  readonly text: string;
  /** Sections that the release type requires and that are empty, with what would fill them. */
  readonly missing: readonly { readonly title: string; readonly remedy: string }[];
}

/**
 * The notes of a release: its sections in the policy's order, in each what people wrote and then every change once, newest
 * first. Sections without anything are left out; those that the release type requires are told as missing.
 */
export function notesOf(input: NotesInput): Notes {
  const { version, type, changes, rules, links, written } = input;
  const linker = linkerOf(links);
  const missing: { title: string; remedy: string }[] = [];
  const parts: string[] = [];
  for (const [section, there] of inSections(changes, rules.sections)) {
    const path = section.file?.replaceAll("{version}", version);
    const prose = path === undefined ? "" : partFor(written[path] ?? "", version);
    const items = there.map((change) => entryOf(change, linker)).join("\n");
    const body = [prose, items].filter((text) => text !== "").join("\n\n");
    if (body !== "") parts.push(sectionText(asText(section.title), body));
    else if (section.required.includes(type))
      missing.push({ title: section.title, remedy: remedyFor(section, path) });
  }
  if (rules.contributors && input.contributors.length > 0)
    parts.push(
      sectionText("Contributors", input.contributors.map((who) => `- ${asText(who)}`).join("\n")),
    );
  const why = input.withdrawn;
  const head =
    why === undefined
      ? `## ${version}`
      : `## ${version} (withdrawn)\n\n> Withdrawn: ${asText(why)}`;
  return { text: `${[head, ...parts].join("\n\n")}\n`, missing };
}

/** Who wrote the commits, by name: authors and co-authors, sorted, each once; no merges, no machines, no addresses. */
export function contributorsOf(
  commits: readonly {
    readonly parents: readonly string[];
    readonly name?: string;
    readonly message: string;
  }[],
): readonly string[] {
  const names = commits
    .filter(({ parents }) => parents.length < 2)
    .flatMap(({ name = "", message }) => [
      name,
      ...[...message.matchAll(CO_AUTHOR)].map(([, who = ""]) => who),
    ])
    .map((name) => visibleLine(name, 80))
    .filter((name) => name !== "" && !name.endsWith("[bot]"));
  return [...new Set(names)].sort((a, b) => a.localeCompare(b, "en"));
}

const CO_AUTHOR = /^co-authored-by:[ \t]*([^<\n]{1,200}?)[ \t]*<[^<>\s]{1,200}>\s*$/gim;

/** The paths that the sections of a release's notes are written in. */
export function notesFiles({ sections }: NotesRules, version: string): readonly string[] {
  return [...new Set(sections.flatMap(({ file }) => (file === undefined ? [] : [file])))].map(
    (file) => file.replaceAll("{version}", version),
  );
}

/**
 * What a hand-written file says of a version: below a heading that is the version (`## 1.4.0`, `## [1.4.0] - 2026-11-21`),
 * as far as the next heading of that level; the whole file where no heading is any version. Headings within become bold
 * lines, since the notes' own headings divide them.
 */
export function partFor(text: string, version: string): string {
  const lines = text
    .replace(/^\ufeff/, "")
    .replaceAll(/\r\n?/g, "\n")
    .split("\n");
  const versions = lines.map((line) => VERSION_HEADING.exec(line)?.[2] ?? null);
  const headed = versions.some((one) => one !== null);
  const start = headed
    ? versions.indexOf(version) + 1
    : lines.findIndex((line) => !/^(?:#\s.*|\s*)$/.test(line));
  if (start < 0 || (headed && start === 0)) return "";
  const after = versions.findIndex((one, at) => at >= start && one !== null);
  const kept = lines.slice(start, after < 0 ? undefined : after);
  return kept
    .map((line) => line.replace(/^#{1,6}\s+(.*?)\s*#*$/, "**$1**"))
    .join("\n")
    .trim();
}

const VERSION_HEADING = /^(#{1,3})\s+\[?v?(\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?)\]?(?:\s.*)?$/;

function remedyFor({ title, take }: NotesSection, path: string | undefined): string {
  if (path !== undefined)
    return `Write ${path}, or "none." in it where there is nothing to say under ${title}`;
  const types = take.flatMap(({ types = [] }) => types);
  return types.length === 0
    ? `Commit a change that belongs under ${title}, or do not require it`
    : `Commit a change of type ${types.join(" or ")}, or do not require ${title}`;
}
