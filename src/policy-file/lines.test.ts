import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { linesOf, lineText, placeAt } from "./lines.ts";

describe("lines", () => {
  it("counts lines and columns from 1", () => {
    const lines = linesOf("ab\ncd\n");
    assert.deepEqual(placeAt(lines, 0), { line: 1, column: 1, length: 1 });
    assert.deepEqual(placeAt(lines, 4), { line: 2, column: 2, length: 1 });
    assert.deepEqual(placeAt(lines, 6), { line: 3, column: 1, length: 1 });
  });

  it("keeps a place within its line, whatever the line end", () => {
    assert.deepEqual(placeAt(linesOf("ab\r\ncd"), 0, 5), { line: 1, column: 1, length: 2 });
    assert.deepEqual(placeAt(linesOf("ab\ncd"), 1, 5), { line: 1, column: 2, length: 1 });
    assert.equal(lineText(linesOf("ab\r\ncd"), 1), "ab");
    assert.equal(lineText(linesOf("ab\r\ncd"), 3), "");
  });

  it("finds the same line as counting line ends does", () => {
    const text = fc.string({ unit: fc.constantFrom("a", "\n", "\r\n"), maxLength: 40 });
    fc.assert(
      fc.property(text, fc.nat(50), (text, offset) => {
        const { line, column, length } = placeAt(linesOf(text), offset);
        const before = text.slice(0, Math.min(offset, text.length));
        assert.equal(line, before.split("\n").length);
        assert.equal(column, before.length - (before.lastIndexOf("\n") + 1) + 1);
        assert.ok(length >= 1);
      }),
    );
  });
});
