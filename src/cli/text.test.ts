import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { bar, columns, cut, plain } from "./text.ts";

test("plain text has no control character left, whatever it was, and letters stay as they are", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: it looks for them
      assert.doesNotMatch(plain(text), /[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/);
    }),
  );
  assert.equal(plain("Müller & Söhne 🚢"), "Müller & Söhne 🚢");
});

test("a bar is always as wide as asked and never more than full", () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true }), fc.integer({ min: 1, max: 60 }), (share, width) => {
      assert.equal([...bar(share, width)].length, width);
    }),
  );
  assert.equal(bar(0.5, 4), "██░░");
});

test("a line is cut by what is seen of it, and its paint ends with it", () => {
  assert.equal(cut("abcdef", 4), "abc…");
  assert.equal(cut("abcd", 4), "abcd");
  assert.equal(cut("\u001b[1mabcdef\u001b[22m", 4), "\u001b[1mabc…\u001b[0m");
});

test("columns are as wide as their widest cell, without white space at the end", () => {
  assert.deepEqual(
    columns([
      ["a", "bb", ""],
      ["ccc", "d", "e"],
    ]),
    ["a    bb", "ccc  d   e"],
  );
});
