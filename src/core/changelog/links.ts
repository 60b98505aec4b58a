// What a text refers to becomes a link: `#12`, `!7`, `SHOP-123`. Which references there are and where they lead, the policy
// says by pattern; no text of a commit ever becomes an address.
import { shortId } from "../versioning/text.ts";
import { asLink, asText } from "./markdown.ts";

/** How one kind of reference is written and where it leads; `{number}` stands once in each. */
interface Reference {
  readonly find: string;
  readonly url: string;
}

export interface Links {
  /** The repository's page on its forge, without a slash at its end. */
  readonly repository?: string | undefined;
  /** Whose addresses the repository's page has; by the host's name where it is left out. */
  readonly forge?: "github" | "gitlab" | undefined;
  /** Before those of the forge. */
  readonly references: readonly Reference[];
}

export const NO_LINKS: Links = { references: [] };

/** Makes links. Each gives plain text, or null, where there is nowhere to lead to. */
export interface Linker {
  /** A line of text with its references as links; all else in it is only shown. */
  text(line: string, most?: number): string;
  commit(id: string): string;
  /** What lies between two tags. */
  compare(from: string, to: string): string | null;
  release(tag: string): string | null;
}

/** The links of a policy, ready to be made. */
export function linkerOf(links: Links): Linker {
  const { repository } = links;
  const forge = forgeOf(links);
  const text = textLinker([...links.references, ...referencesOf(links)]);
  if (repository === undefined)
    return { text, commit: shortId, compare: () => null, release: () => null };
  const top = forge === "gitlab" ? `${repository}/-` : repository;
  return {
    text,
    commit: (id) => `[${shortId(id)}](${top}/commit/${id})`,
    compare: (from, to) => `${top}/compare/${encodeURI(from)}...${encodeURI(to)}`,
    release: (tag) =>
      forge === "gitlab"
        ? `${top}/tags/${encodeURIComponent(tag)}`
        : `${top}/releases/tag/${encodeURIComponent(tag)}`,
  };
}

function forgeOf({ repository = "", forge }: Links): "github" | "gitlab" {
  return forge ?? (/^https?:\/\/[^/]*gitlab/i.test(repository) ? "gitlab" : "github");
}

/** The references that a forge knows by itself. */
function referencesOf(links: Links): readonly Reference[] {
  const { repository } = links;
  if (repository === undefined) return [];
  if (forgeOf(links) === "github")
    return [{ find: "#{number}", url: `${repository}/issues/{number}` }];
  return [
    { find: "#{number}", url: `${repository}/-/issues/{number}` },
    { find: "!{number}", url: `${repository}/-/merge_requests/{number}` },
  ];
}

const PLACE = "{number}";

function textLinker(references: readonly Reference[]): Linker["text"] {
  if (references.length === 0) return asText;
  const kinds = references.map(({ find, url }) => ({ parts: find.split(PLACE), url }));
  // Each reference is one group; a number is of bounded length, so that no text takes long to be looked through.
  const groups = kinds.map(({ parts }) => `(${parts.map(plainly).join("\\d{1,12}")})`);
  const any = new RegExp(`(?<![\\w#!/-])(?:${groups.join("|")})(?![\\w/-])`, "g");
  return (line, most) => {
    let shown = "";
    let from = 0;
    for (const match of line.matchAll(any)) {
      const [found, ...which] = match;
      const { parts: [before = "", after = ""] = [], url = "" } =
        kinds[which.findIndex((group) => group !== undefined)] ?? {};
      const number = found.slice(before.length, found.length - after.length);
      shown += between(line.slice(from, match.index)) + asLink(found, url.replace(PLACE, number));
      from = match.index + found.length;
    }
    return from === 0 ? asText(line, most) : shown + between(line.slice(from));
  };
}

/** A part of a line keeps the blanks at its ends. */
function between(part: string): string {
  const [, before = "", after = ""] = /^(\s*)(?:.*\S)?(\s*)$/s.exec(part) ?? [];
  const text = asText(part);
  return text === "" ? (part === "" ? "" : " ") : `${before && " "}${text}${after && " "}`;
}

function plainly(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}
