import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { changed, POLICY_TEXT, problemsOf } from "./policy-text.fake.ts";
import { MAX_BYTES } from "./read.ts";

describe("readPolicy refuses what is no YAML of ours:", () => {
  const only = (text: string | Uint8Array) => {
    const [first, ...rest] = problemsOf(text);
    assert.ok(first !== undefined);
    return { code: first.code, at: `${first.line}:${first.column}`, more: rest.length, first };
  };

  it("an empty file, or one of comments", () => {
    assert.equal(only("").code, "empty");
    assert.equal(only("# nothing\n\n").code, "empty");
    assert.equal(only("just words").code, "value");
    assert.equal(only("[1, 2]").code, "value");
  });

  it("tabs as indentation", () => {
    const { code, first } = only(changed("  lead:", "\tlead:"));
    assert.equal(code, "syntax");
    assert.equal(first.line, 4);
    assert.match(first.remedy, /spaces/);
  });

  it("duplicate keys, at the second one", () => {
    const { code, at, first } = only(changed("system: Shop", "system: Shop\nsystem: Other"));
    assert.deepEqual([code, at], ["duplicate-key", "3:1"]);
    assert.match(first.sentence, /first in line 2/);
  });

  it("keys that are no text, or that JavaScript objects have a use for", () => {
    assert.equal(only(`${POLICY_TEXT}1: a\n`).code, "key");
    assert.equal(only(`${POLICY_TEXT}[a]: a\n`).code, "key");
    for (const key of ["__proto__", "constructor", "prototype"])
      assert.equal(
        only(changed("  lint:", `  ${key}: { check: { run: [x] } }\n  lint:`)).code,
        "key",
      );
    assert.equal(({} as { polluted?: boolean }).polluted, undefined);
  });

  it("more than one document", () => {
    const { at, first } = only(`${POLICY_TEXT}---\n${POLICY_TEXT}`);
    assert.equal(at, "25:1");
    assert.match(first.sentence, /more than one document/);
  });

  it("tags, directives, anchors that lead nowhere and aliases of themselves", () => {
    assert.equal(only(changed("Shop", "!!python/object Shop")).code, "syntax");
    assert.equal(only(`%FOO\n---\n${POLICY_TEXT}`).code, "syntax");
    assert.equal(only(changed("Shop", "*nobody")).code, "alias");
    assert.match(
      only(changed("[lint, agreed]", "&g [lint, *g]")).first.sentence,
      /inside the very value/,
    );
  });

  it("broken brackets and quotes, all of them at once", () => {
    assert.equal(only(changed("[npm, run, lint]", "[npm, run, lint")).code, "syntax");
    assert.equal(only(changed("system: Shop", 'system: "Shop')).code, "syntax");
    assert.ok(problemsOf("a: ]\nb: }\nc: @x\n").length >= 3);
  });

  it("binary garbage and control characters, at their place", () => {
    const zip = new Uint8Array(5000).map((_, index) => (index * 7919) % 256);
    assert.equal(only(zip).code, "encoding");
    const spoiled = new TextEncoder().encode(POLICY_TEXT);
    spoiled[20] = 0xff;
    assert.deepEqual([only(spoiled).code, only(spoiled).at], ["encoding", "2:8"]);
    assert.equal(only(changed("Shop", "Sh\u0000op")).at, "2:11");
    assert.equal(only("\u001b[31m").code, "encoding");
  });

  it("more bytes than a policy needs", () => {
    assert.equal(only(`${POLICY_TEXT}#${"x".repeat(MAX_BYTES)}`).code, "too-large");
    assert.equal(only(new Uint8Array(MAX_BYTES + 1)).code, "too-large");
  });

  it("more values than a policy needs", () => {
    const keys = Array.from({ length: 21_000 }, (_, index) => `k${index}: 1\n`).join("");
    assert.equal(only(keys).code, "too-large");
    assert.equal(only("- a\n".repeat(21_000)).code, "too-large");
    assert.equal(only("\n".repeat(200_000)).code, "too-large");
  });

  it("lists and mappings that stand too deep in each other, without overflowing any stack", () => {
    for (const text of ["[", "{a: ", "- ", "? ", "[a: "]) {
      const many = text.repeat(Math.min(100_000, Math.floor(MAX_BYTES / text.length)));
      assert.equal(only(many).code, "too-deep", text);
    }
    const indented = Array.from({ length: 600 }, (_, index) => `${" ".repeat(index)}a:\n`).join("");
    assert.equal(only(indented).code, "too-deep");
  });

  it("aliases that repeat aliases, after a bounded number of them", () => {
    const line = (index: number) =>
      `a${index}: &a${index} [${Array(9)
        .fill(`*a${index - 1}`)
        .join(", ")}]`;
    const bomb = ["a0: &a0 [x]", ...Array.from({ length: 9 }, (_, index) => line(index + 1))];
    assert.ok(problemsOf(bomb.join("\n")).some(({ code }) => code === "alias"));
    const big = `a: &a [${"x, ".repeat(4000)}x]\n`;
    const wide = problemsOf(`${big}b: [${Array(9).fill("*a").join(", ")}]\n`);
    assert.ok(wide.some(({ code }) => code === "too-large"));
  });
});
