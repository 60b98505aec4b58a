import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { asText, notesOf } from "./notes.ts";
import { type CommitRecord, standing } from "./reverts.ts";
import { visibleLine } from "./text.ts";

const commits = (...messages: string[]): CommitRecord[] =>
  messages.map((message, at) => ({
    id: `${at}abcdef0${"0".repeat(32)}`,
    parents: ["f".repeat(40)],
    author: "dev@example.test",
    message,
  }));
const notes = (...messages: string[]) => notesOf("1.3.0", standing(commits(...messages)));

test("every change stands once, in its section, with its scope and commit", () => {
  const text = notes(
    "feat(cart): vouchers",
    "fix: round prices",
    "perf: fewer queries",
    "docs: say more",
    "Tidy up",
    "feat(api)!: drop v1\n\nBREAKING CHANGE: v1 is gone\nuse v2",
    "hotfix: stop the leak",
  );
  assert.equal(
    text,
    `## 1.3.0

### Breaking changes

- **api:** drop v1 (5abcdef0)
  - v1 is gone use v2

### Features

- **cart:** vouchers (0abcdef0)

### Fixes

- round prices (1abcdef0)
- stop the leak (6abcdef0)

### Performance

- fewer queries (2abcdef0)

### Other

- say more (3abcdef0)
- Tidy up (4abcdef0)
`,
  );
});

test("commit text becomes no link, image, HTML, heading, list or mention", () => {
  for (const [said, shown] of [
    ["[win](https://evil.test)", "\\[win\\](https\\://evil.test)"],
    ["![x](y)", "\\!\\[x\\](y)"],
    ["<img src=x onerror=alert(1)>", "\\<img src=x onerror=alert(1)\\>"],
    ["<https://evil.test>", "\\<https\\://evil.test\\>"],
    ["see www.evil.test", "see www\\.evil.test"],
    [
      "a &lt;b&gt; `code` *x* __y__ ~z~",
      "a \\&lt;b\\&gt; \\`code\\` \\*x\\* \\_\\_y\\_\\_ \\~z\\~",
    ],
    ["ask @team | $x$", "ask \\@team \\| \\$x\\$"],
    ["# heading", "\\# heading"],
    ["- item", "\\- item"],
    ["+ item", "\\+ item"],
    ["1. item", "1\\. item"],
    ["=== x", "\\=== x"],
    ["back\\slash", "back\\\\slash"],
    ["two\nlines\r\n\n# three", "two lines # three"],
    ["right\u202eleft", "right left"],
  ])
    assert.equal(asText(said ?? ""), shown);
});

test("whatever the text, every character of markup in it is escaped and nothing else is changed", () => {
  const piece = fc.constantFrom("[x](", "http://", "www.", "1. ", "# ", "<a>", "\\", "`", "\n");
  const said = fc.array(fc.oneof(piece, fc.string({ unit: "binary" })), { maxLength: 12 });
  fc.assert(
    fc.property(said, (pieces) => {
      const text = pieces.join("");
      const shown = asText(text);
      assert.doesNotMatch(shown.replace(/\\./gu, ""), /[\\`*_[\]<>&~|@!$]/);
      assert.doesNotMatch(shown, /[\n\r\u2028]|(?<!\\):\/\/|^[#+=-]/);
      assert.equal(shown.replace(/\\([!-/:-@[-`{-~])/g, "$1"), visibleLine(text));
    }),
    { numRuns: 1000 },
  );
});
