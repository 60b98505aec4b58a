import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { visibleLine } from "../versioning/text.ts";
import { asText } from "./markdown.ts";

test("commit text becomes no link, image, HTML, heading, list or mention", () => {
  for (const [said, shown] of [
    ["[win](https://evil.test)", "\\[win\\](https\\://evil.test)"],
    ["![x](y)", "\\!\\[x\\](y)"],
    ["<img src=x onerror=alert(1)>", "\\<img src=x onerror=alert(1)\\>"],
    ["<https://evil.test>", "\\<https\\://evil.test\\>"],
    ["see www.evil.test", "see www\\.evil.test"],
    ["WWW.evil.test", "WWW\\.evil.test"],
    [
      "a &lt;b&gt; `code` *x* __y__ ~z~",
      "a \\&lt;b\\&gt; \\`code\\` \\*x\\* \\_\\_y\\_\\_ \\~z\\~",
    ],
    ["ask @team | $x$", "ask @&#8203;team \\| \\$x\\$"],
    ["me@example.test", "me@&#8203;example.test"],
    ["# heading", "\\# heading"],
    ["- item", "\\- item"],
    ["+ item", "\\+ item"],
    ["1. item", "1\\. item"],
    ["=== x", "\\=== x"],
    ["back\\slash", "back\\\\slash"],
    ["two\nlines\r\n\n# three", "two lines # three"],
    ["right\u202eleft", "right left"],
    ["plain words, (#12) and more: 5 %", "plain words, (#12) and more: 5 %"],
  ])
    assert.equal(asText(said ?? ""), shown);
});

test("whatever the text, every character of markup in it is escaped and nothing else is changed", () => {
  const piece = fc.constantFrom(
    "[x](",
    "http://",
    "www.",
    "1. ",
    "# ",
    "<a>",
    "\\",
    "`",
    "\n",
    "a_b",
    "word ",
    "@x",
  );
  const said = fc.array(fc.oneof(piece, fc.string({ unit: "binary" })), { maxLength: 12 });
  fc.assert(
    fc.property(said, (pieces) => {
      const text = pieces.join("");
      const shown = asText(text);
      const bare = shown.replaceAll("@&#8203;", "");
      assert.doesNotMatch(bare.replace(/\\./gu, ""), /[\\`*_[\]<>&~|@!$]/);
      assert.doesNotMatch(shown, /[\n\r\u2028]|(?<!\\):\/\/|^[#+=-]|\bwww\./i);
      const read = shown.replaceAll("@&#8203;", "@").replace(/\\([!-/:-@[-`{-~])/g, "$1");
      assert.equal(read, visibleLine(text));
    }),
    { numRuns: 2000 },
  );
});
