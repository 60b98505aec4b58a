// The Markdown that Holdpoint itself writes, as data that a page can draw: headings, paragraphs, lists, tables, and in a
// line bold words, code and breaks. Anything else stays the text it is; nothing ever becomes HTML.

export type Inline =
  | { readonly is: "text"; readonly text: string }
  | { readonly is: "bold"; readonly text: string }
  | { readonly is: "soft"; readonly text: string }
  | { readonly is: "code"; readonly text: string }
  | { readonly is: "break" };

/** An item of a list; those below it, too, at most one level deep. */
interface Item {
  readonly line: readonly Inline[];
  readonly below: readonly (readonly Inline[])[];
}

export type Block =
  | { readonly is: "heading"; readonly level: number; readonly line: readonly Inline[] }
  | { readonly is: "paragraph"; readonly line: readonly Inline[] }
  | { readonly is: "list"; readonly items: readonly Item[] }
  | {
      readonly is: "table";
      readonly head: readonly (readonly Inline[])[];
      readonly rows: readonly (readonly (readonly Inline[])[])[];
    };

export function blocksOf(markdown: string): readonly Block[] {
  const blocks: Block[] = [];
  const lines = markdown.split("\n");
  for (let at = 0; at < lines.length; ) {
    const taken = blockAt(lines, at);
    if (taken.block !== null) blocks.push(taken.block);
    at += taken.lines;
  }
  return blocks;
}

interface Taken {
  readonly block: Block | null;
  readonly lines: number;
}

function blockAt(lines: readonly string[], at: number): Taken {
  const line = lines[at] ?? "";
  if (line.trim() === "") return { block: null, lines: 1 };
  const heading = /^(#{1,6}) (.*)$/.exec(line);
  if (heading) {
    const [, marks = "", text = ""] = heading;
    return { block: { is: "heading", level: marks.length, line: inline(text) }, lines: 1 };
  }
  const count = (fits: (line: string) => boolean) => {
    const end = lines.findIndex((one, index) => index >= at && !fits(one));
    return (end === -1 ? lines.length : end) - at;
  };
  if (line.startsWith("|"))
    return tableOf(lines.slice(at, at + count((one) => one.startsWith("|"))));
  if (isItem(line)) {
    const size = count((one) => isItem(one) || isBelow(one));
    return { block: { is: "list", items: itemsOf(lines.slice(at, at + size)) }, lines: size };
  }
  const size = count((one) => one.trim() !== "" && !isItem(one) && !/^(?:#{1,6} |\|)/.test(one));
  const text = lines.slice(at, at + size).join(" ");
  return { block: { is: "paragraph", line: inline(text) }, lines: size };
}

function isItem(line: string): boolean {
  return line.startsWith("- ");
}

function isBelow(line: string): boolean {
  return /^ {2,4}- /.test(line);
}

function itemsOf(lines: readonly string[]): readonly Item[] {
  const items: { line: readonly Inline[]; below: (readonly Inline[])[] }[] = [];
  for (const line of lines) {
    const last = items.at(-1);
    const text = inline(line.trimStart().slice(2));
    if (isBelow(line) && last !== undefined) last.below.push(text);
    else items.push({ line: text, below: [] });
  }
  return items;
}

/** A table without the columns in which nothing stands. */
function tableOf(lines: readonly string[]): Taken {
  const [head = [], , ...rows] = lines.map(cells);
  const isUsed = (_: unknown, column: number) =>
    rows.length === 0 || rows.some((row) => (row[column] ?? []).length > 0);
  const used = (row: readonly (readonly Inline[])[]) => row.filter(isUsed);
  return { block: { is: "table", head: used(head), rows: rows.map(used) }, lines: lines.length };
}

/** The cells of a row; a bar behind a backslash belongs to the text. */
function cells(row: string): readonly (readonly Inline[])[] {
  return row
    .replace(/^\|/, "")
    .replace(/\|\s*$/, "")
    .split(/(?<!\\)\|/)
    .map((cell) => inline(cell.trim()));
}

const TOKEN =
  /(?<break><br>)|`(?<code>[^`]+)`|\*\*(?<bold>(?:\\.|[^*\\])+)\*\*|(?<![\w*])\*(?! )(?<soft>(?:\\.|[^*\\])+)(?<! )\*(?![\w*])|\\(?<escaped>[^A-Za-z0-9\s])/g;

function inline(text: string): readonly Inline[] {
  const parts: Inline[] = [];
  const plain = (more: string) => {
    const last = parts.at(-1);
    if (more === "") return;
    if (last?.is === "text") parts[parts.length - 1] = { is: "text", text: last.text + more };
    else parts.push({ is: "text", text: more });
  };
  let from = 0;
  for (const match of text.matchAll(TOKEN)) {
    plain(text.slice(from, match.index));
    from = match.index + match[0].length;
    const { code, bold, soft, escaped } = match.groups ?? {};
    if (code !== undefined) parts.push({ is: "code", text: code });
    else if (bold !== undefined) parts.push({ is: "bold", text: unescaped(bold) });
    else if (soft !== undefined) parts.push({ is: "soft", text: unescaped(soft) });
    else if (escaped !== undefined) plain(escaped);
    else parts.push({ is: "break" });
  }
  plain(text.slice(from));
  return parts;
}

function unescaped(text: string): string {
  return text.replace(/\\([^A-Za-z0-9\s])/g, "$1");
}
