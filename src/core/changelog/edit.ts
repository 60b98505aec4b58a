// Writing into a kept changelog: only what is written changes, every other byte stays.
import type { Address, Kept, Part } from "./keep.ts";
import { asText } from "./markdown.ts";

/** A release to be written down. */
export interface Written {
  readonly version: string;
  /** `2026-11-21` */
  readonly day: string;
  /** What the commits tell: sections of the third level, as `changesText` makes them. */
  readonly text: string;
  /** What leads from the version before to this one, and from this one on; null: no addresses are kept. */
  readonly compare: { readonly here: string; readonly on: string } | null;
}

/** The changelog where there is none yet. */
export const FIRST_CHANGELOG = "# Changelog\n\n## [Unreleased]\n";

/**
 * The changelog with a release in it. What people wrote under `[Unreleased]` goes below the new heading as it is, and what
 * the commits tell is added to its sections, each line that is not there already. A version that is there is left alone:
 * writing twice is writing once.
 */
export function withRelease(kept: Kept, { version, day, text, compare }: Written): string {
  if (kept.parts.some((part) => part.version === version)) return kept.text;
  const { eol } = kept;
  const open = kept.parts.find((part) => part.version === null);
  const at = open?.from ?? kept.parts[0]?.from ?? kept.text.length;
  const hand = open === undefined ? "" : kept.text.slice(open.heading, open.to);
  const top = open === undefined ? "## [Unreleased]" : kept.text.slice(open.from, open.heading);
  const body = merged(hand, text, eol);
  const release = `## [${version}] - ${day}${eol}${body === "" ? "" : `${eol}${body}${eol}`}`;
  const from = open?.to ?? at;
  const rest =
    compare === null ? kept.text.slice(from) : withAddresses(kept, { version, compare, from });
  const gap = rest === "" ? "" : eol;
  return `${kept.text.slice(0, at)}${top}${eol}${eol}${release}${gap}${rest}`;
}

/**
 * The changelog with a version marked as withdrawn, and why below its heading; the same where it is marked or not there.
 * @param day `2026-11-21`
 */
export function withYanked(
  kept: Kept,
  { version, day, reason }: { version: string; day: string; reason: string },
): string {
  const part = kept.parts.find((one) => one.version === version);
  if (part === undefined || part.yanked) return kept.text;
  const { text, eol } = kept;
  const heading = `${text.slice(part.from, part.heading).trimEnd()} [YANKED]`;
  const note = `> Withdrawn on ${day}: ${asText(reason, 1000)}`;
  const below = trimLines(text.slice(part.heading, part.to)) === "" ? eol : "";
  return `${text.slice(0, part.from)}${heading}${eol}${eol}${note}${below}${text.slice(part.heading)}`;
}

/** The part of a version as text, without its heading; null where there is none. */
export function partText(kept: Kept, version: string | null): string | null {
  const part: Part | undefined = kept.parts.find((one) => one.version === version);
  return part === undefined ? null : kept.text.slice(part.heading, part.to).trim();
}

/** What people wrote, as it is, with the lines of the commits in its sections. */
function merged(hand: string, told: string, eol: string): string {
  const prose = trimLines(hand);
  if (told === "") return prose;
  let body = prose;
  for (const section of told.split(/^(?=### )/m)) {
    const [title = "", ...lines] = section.trim().split("\n");
    const items = itemsOf(lines).filter((item) => !body.includes(item.replaceAll("\n", eol)));
    if (items.length > 0)
      body = withItems(body, { title, items: items.join("\n").replaceAll("\n", eol), eol });
  }
  return body;
}

/** The items of a list, each with the lines that belong to it. */
function itemsOf(lines: readonly string[]): readonly string[] {
  const items: string[] = [];
  for (const line of lines) {
    if (line.startsWith("- ")) items.push(line);
    else if (line !== "" && items.length > 0) items.push(`${items.pop()}\n${line}`);
  }
  return items;
}

function withItems(
  body: string,
  { title, items, eol }: { title: string; items: string; eol: string },
): string {
  const lines = body.split(eol);
  const at = lines.findIndex((line) => line.trim() === title);
  if (at < 0)
    return [body, `${title}${eol}${eol}${items}`].filter((part) => part !== "").join(eol + eol);
  const next = lines.findIndex((line, index) => index > at && /^#{1,3} /.test(line));
  const end = next < 0 ? lines.length : next;
  const filled = lines.slice(0, end).findLastIndex((line) => line.trim() !== "");
  const empty = filled === at ? [""] : [];
  return [...lines.slice(0, filled + 1), ...empty, items, ...lines.slice(filled + 1)].join(eol);
}

/** Without blank lines at its ends; blanks within a line stay. */
function trimLines(text: string): string {
  return text.replace(/^(?:[ \t]*(?:\r\n|\n|\r))+/, "").replace(/(?:\r\n|\n|\r|[ \t])+$/, "");
}

function withAddresses(
  { text, addresses, eol }: Kept,
  {
    version,
    compare,
    from,
  }: { version: string; compare: { here: string; on: string }; from: number },
): string {
  const open = addresses.find(({ label }) => label.toLowerCase() === "unreleased");
  const first: Address | undefined = open ?? addresses.find(({ from: at }) => at >= from);
  const lines = `[Unreleased]: ${compare.on}${eol}[${version}]: ${compare.here}${eol}`;
  if (first === undefined) {
    const rest = text.slice(from).trimEnd();
    return `${rest}${rest === "" ? "" : eol + eol}${lines}`;
  }
  return (
    text.slice(from, first.from) + lines + text.slice(open === undefined ? first.from : first.to)
  );
}
