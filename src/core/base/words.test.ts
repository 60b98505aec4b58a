import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { counted, listed, nearest, quoted, visible } from "./words.ts";

describe("nearest", () => {
  it("finds the word behind a slip of the finger", () => {
    const words = ["check", "checklist", "signoff", "window"];
    assert.equal(nearest("chekc", words), "check");
    assert.equal(nearest("chcklist", words), "checklist");
    assert.equal(nearest("sign-off", words), "signoff");
  });

  it("says nothing where no word is near", () => {
    assert.equal(nearest("deploy", ["check", "window"]), null);
    assert.equal(nearest("x", []), null);
    assert.equal(nearest("a".repeat(100_000), ["a".repeat(99_999)]), null);
  });
});

describe("quoted", () => {
  it("shows at most 60 characters and no control characters", () => {
    assert.equal(quoted("a\nb\u001b[31m"), "`a\\u000ab\\u001b[31m`");
    assert.equal([...quoted("x".repeat(500))].length, 62);
  });

  it("makes texts that reverse the reading direction visible", () => {
    assert.equal(visible("a\u202eb"), "a\\u202eb");
  });
});

describe("counted", () => {
  it("says one thing as one", () => {
    assert.deepEqual(
      [0, 1, 2].map((number) => counted(number, "commit")),
      ["0 commits", "1 commit", "2 commits"],
    );
  });
});

describe("listed", () => {
  it("joins words as people do", () => {
    assert.equal(listed([]), "");
    assert.equal(listed(["a"]), "a");
    assert.equal(listed(["a", "b"]), "a and b");
    assert.equal(listed(["a", "b", "c"], "or"), "a, b or c");
  });
});
