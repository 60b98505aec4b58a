// The Markdown that a release document is written in. Whatever comes from a policy passes `asText` on its way here.
import { asText } from "../../changelog/markdown.ts";

/** A section of the document: its heading, and its blocks; without blocks it is left out. */
export interface Section {
  readonly title: string;
  readonly blocks: readonly Block[];
}

/** A paragraph, a list, a table, or a part with a heading of its own. Texts are Markdown already. */
export type Block =
  | string
  | { readonly list: readonly Item[] }
  | { readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] }
  | Section;

type Item = string | { readonly item: string; readonly of: readonly string[] };

/** Blocks as Markdown, headings from this level on. */
export function write(blocks: readonly Block[], level: number): string {
  return blocks
    .map((block) => writeBlock(block, level))
    .filter((text) => text !== "")
    .join("\n\n");
}

function writeBlock(block: Block, level: number): string {
  if (typeof block === "string") return block;
  if ("list" in block) return block.list.map(writeItem).join("\n");
  if ("rows" in block) return block.rows.length === 0 ? "" : writeTable(block.head, block.rows);
  const body = write(block.blocks, level + 1);
  return body === "" ? "" : `${"#".repeat(level)} ${block.title}\n\n${body}`;
}

function writeItem(item: Item): string {
  if (typeof item === "string") return `- ${item}`;
  return [`- ${item.item}`, ...item.of.map((text) => `  - ${text}`)].join("\n");
}

function writeTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** Words of a policy, shown as they are: `changelog/markdown.ts` says how. */
export const text = (words: string): string => asText(words, 1000);

/** Several texts of a policy below each other in one cell of a table. */
export const lines = (words: readonly string[]): string => words.map(text).join("<br>");

/** A template of a message, with what is filled in set apart: `{{version}} is there` as `*version* is there`. */
export function template(words: string): string {
  return words
    .split(/\{\{([^{}]*)\}\}/)
    .map((part, at) =>
      at % 2 === 1
        ? `*${text(part)}*`
        : part
            .split(/(^\s+|\s+$)/)
            .map(spaced)
            .join(""),
    )
    .join("");
}

/** `asText` takes the blanks at the ends away, which in the middle of a template are needed. */
function spaced(part: string): string {
  return part.trim() === "" ? part && " " : text(part);
}

/** A person, as an address that neither links nor calls anyone: addresses that were read hold no backticks. */
export const person = (address: string): string => `\`${address}\``;

/** A sentence from a phrase. */
export function sentence(phrase: string): string {
  return phrase === "" ? "" : `${phrase[0]?.toUpperCase()}${phrase.slice(1)}.`;
}
