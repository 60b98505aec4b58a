import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type Block, blocksOf, type Inline } from "./markdown.ts";

const text = (line: readonly Inline[]): string =>
  line.map((part) => (part.is === "break" ? " / " : part.text)).join("");

test("headings, paragraphs, lists and tables are told apart, with bold words, code and breaks in their lines", () => {
  const blocks = blocksOf(
    "# Shop\n\nGoes on **every Tuesday**,\nby `npm run x`.\n\n- one\n- two\n| a | b |\n| --- | --- |\n| c<br>d | e \\| f |\n",
  );
  assert.deepEqual(
    blocks.map(({ is }) => is),
    ["heading", "paragraph", "list", "table"],
  );
  const [heading, paragraph, list, table] = blocks;
  assert.ok(heading?.is === "heading" && heading.level === 1 && text(heading.line) === "Shop");
  assert.ok(paragraph?.is === "paragraph");
  assert.deepEqual(paragraph.line[1], { is: "bold", text: "every Tuesday" });
  assert.deepEqual(paragraph.line[3], { is: "code", text: "npm run x" });
  assert.ok(list?.is === "list" && list.items.length === 2);
  assert.ok(table?.is === "table");
  assert.deepEqual(
    table.rows.map((row) => row.map(text)),
    [["c / d", "e | f"]],
  );
});

test("what is said softly, items below items, and tables without their empty columns", () => {
  const [list, table] = blocksOf(
    "- **go**: yes *(build)*\n  - ☐ seen\n  - ☐ told\n- 2 * 3 * 4\n\n| a | b | c |\n| --- | --- | --- |\n| 1 |  | 3 |\n| 4 |  |  |\n",
  );
  assert.ok(list?.is === "list" && table?.is === "table");
  assert.deepEqual(list.items[0]?.line.at(-1), { is: "soft", text: "(build)" });
  assert.deepEqual(list.items[0]?.below.map(text), ["☐ seen", "☐ told"]);
  assert.deepEqual(list.items[1]?.line, [{ is: "text", text: "2 * 3 * 4" }]);
  assert.deepEqual(table.head.map(text), ["a", "c"]);
  assert.deepEqual(
    table.rows.map((row) => row.map(text)),
    [
      ["1", "3"],
      ["4", ""],
    ],
  );
});

test("what is escaped is text, and so is any HTML that stands in it", () => {
  const [block] = blocksOf("\\*\\*not bold\\*\\* <script>alert(1)</script> a\\_b");
  assert.ok(block?.is === "paragraph");
  assert.deepEqual(block.line, [
    { is: "text", text: "**not bold** <script>alert(1)</script> a_b" },
  ]);
});

test("any text is read to its end, and none of its words is lost", () => {
  const parts = fc.constantFrom("# ", "- ", "| ", "\n", "\n\n", "**", "`", "\\", "<br>", "word ");
  fc.assert(
    fc.property(fc.array(parts, { maxLength: 60 }), (all) => {
      const markdown = all.join("");
      const told = blocksOf(markdown).map(flat).join(" ");
      const words = (of: string) => of.split("word").length;
      // The line below a table's head is no row.
      if (!markdown.includes("|")) assert.equal(words(told), words(markdown));
    }),
  );
});

function flat(block: Block): string {
  if (block.is === "list")
    return block.items.flatMap(({ line, below }) => [line, ...below].map(text)).join(" ");
  if (block.is === "table") return [block.head, ...block.rows].flat().map(text).join(" ");
  return text(block.line);
}
