import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { rulesWith } from "./given.fake.ts";
import { lintMessage } from "./lint.ts";

const RULES = rulesWith({ messages: { types: ["feat", "fix"], scopes: ["cart"], length: 40 } });
const found = (text: string, rules = RULES) =>
  lintMessage(text, rules).map(({ severity, line, column }) => [severity, line, column]);

test("a message that says what it should is let be", () => {
  for (const text of [
    "feat(cart): add vouchers",
    "fix!: x\n\nBREAKING CHANGE: y\n",
    'Revert "feat: x"\n\nThis reverts commit 0123456.',
    "Merge branch 'main' into cart",
    "fix: x\n\n# a comment of git\n# Please enter the commit message\n",
    "fix: x\n# ------------------------ >8 ------------------------\nanything: at all\n",
  ])
    assert.deepEqual(found(text), [], text);
});

test("each fault has its line and column, and a remedy", () => {
  for (const [text, line, column] of [
    ["", 1, 1],
    ["Fix the cart", 1, 1],
    ["feat:x", 1, 6],
    ["feat : x", 1, 5],
    ["docs: x", 1, 1],
    ["feat(shop): x", 1, 6],
    ["fix: x\nno blank line", 2, 1],
    [`fix: ${"x".repeat(40)}`, 1, 41],
    ["fixup! fix: x", 1, 1],
    ["\n\ndocs: x", 3, 1],
  ] as const) {
    const [first] = lintMessage(text, RULES);
    assert.ok(first, text);
    assert.deepEqual([first.severity, first.line, first.column], ["error", line, column], text);
    assert.match(first.sentence, /\.$/);
    assert.notEqual(first.remedy, "");
  }
});

test("what nearly counts is a warning, not an error", () => {
  assert.deepEqual(found("fix: x\n\na breaking change, sadly"), [["warning", 3, 3]]);
  assert.deepEqual(found(" fix: x"), [["warning", 1, 1]]);
  assert.deepEqual(found("feet: x", rulesWith({})), [["warning", 1, 1]]);
  assert.match(lintMessage("feet: x", rulesWith({}))[0]?.remedy ?? "", /feat/);
});

test("every text is judged, with places that are in it", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => {
      const lines = text.split(/\r\n|\n|\r/);
      for (const { line, column } of lintMessage(text, RULES)) {
        assert.ok(line >= 1 && line <= Math.max(2, lines.length));
        assert.ok(column >= 1);
      }
    }),
    { numRuns: 200 },
  );
});
