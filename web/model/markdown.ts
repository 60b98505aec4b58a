// The Markdown that Holdpoint itself writes, as data that a page can draw: headings, paragraphs, lists, tables, and in a
// line bold words, code and breaks. Anything else stays the text it is; nothing ever becomes HTML.

export type Inline =
  | { readonly is: "text"; readonly text: string }
  | { readonly is: "bold"; readonly text: string }
  | { readonly is: "code"; readonly text: string }
  | { readonly is: "break" };

export type Block =
  | { readonly is: "heading"; readonly level: number; readonly line: readonly Inline[] }
  | { readonly is: "paragraph"; readonly line: readonly Inline[] }
  | { readonly is: "list"; readonly items: readonly (readonly Inline[])[] }
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
    const items = lines.slice(at, at + count(isItem)).map((one) => inline(one.slice(2)));
    return { block: { is: "list", items }, lines: items.length };
  }
  const size = count((one) => one.trim() !== "" && !isItem(one) && !/^(?:#{1,6} |\|)/.test(one));
  const text = lines.slice(at, at + size).join(" ");
  return { block: { is: "paragraph", line: inline(text) }, lines: size };
}

function isItem(line: string): boolean {
  return line.startsWith("- ");
}

function tableOf(lines: readonly string[]): Taken {
  const [head = [], , ...rows] = lines.map(cells);
  return { block: { is: "table", head, rows }, lines: lines.length };
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
  /(?<break><br>)|`(?<code>[^`]+)`|\*\*(?<bold>(?:\\.|[^*\\])+)\*\*|\\(?<escaped>[^A-Za-z0-9\s])/g;

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
    const { code, bold, escaped } = match.groups ?? {};
    if (code !== undefined) parts.push({ is: "code", text: code });
    else if (bold !== undefined) parts.push({ is: "bold", text: unescaped(bold) });
    else if (escaped !== undefined) plain(escaped);
    else parts.push({ is: "break" });
  }
  plain(text.slice(from));
  return parts;
}

function unescaped(text: string): string {
  return text.replace(/\\([^A-Za-z0-9\s])/g, "$1");
}
