import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import fc from "fast-check";
import { isId, isRefName, isRevision } from "./names.ts";

const gitSays = (name: string) =>
  spawnSync("git", ["check-ref-format", `refs/tags/${name}`]).status === 0;

const CORPUS = [
  "v1.2.3",
  "production-v1.2.3",
  "feature/x",
  "a..b",
  "a.lock",
  "a.lock/b",
  ".a",
  "a/.b",
  "a.",
  "a/",
  "/a",
  "a//b",
  "a b",
  "a~b",
  "a^b",
  "a:b",
  "a?b",
  "a*b",
  "a[b",
  "a]b",
  "a\\b",
  "a@{b",
  "a@b",
  "@",
  "a\nb",
  "a\tb",
  "a\u007fb",
  "ä/ö",
  "-a",
  "",
];

test("names of tags are taken as git itself takes them, but for a leading hyphen, `@` and great length", () => {
  for (const name of CORPUS.filter((one) => !one.startsWith("-") && one !== "@"))
    assert.equal(isRefName(name), gitSays(name), JSON.stringify(name));
  for (const name of ["-a", "--output=x", "@", "a".repeat(251)]) assert.ok(!isRefName(name));
});

test("whatever passes as a name, git takes", () => {
  const piece = fc.constantFrom(...CORPUS.join("").split(""), ".lock", "..", "@{", "//");
  const name = fc.array(piece, { minLength: 1, maxLength: 6 }).map((all) => all.join(""));
  fc.assert(
    fc.property(name, (text) => {
      if (isRefName(text)) assert.ok(gitSays(text), JSON.stringify(text));
    }),
    { numRuns: 300 },
  );
});

test("a revision is a name with steps back, never an option, a range, a path or a search", () => {
  for (const good of ["HEAD", "HEAD~2", "main^", "v1.0.0^2~3", "abc1234", "origin/main"])
    assert.ok(isRevision(good), good);
  for (const bad of [
    "",
    "-o",
    "--all",
    "--output=/tmp/x",
    "a..b",
    "^HEAD",
    "HEAD:file",
    ":/fix",
    "v1^{/x}",
    "@{u}",
    "main@{1}",
    "a b",
    "a\nb",
    "a\0b",
    "~1",
    "HEAD~99999",
  ])
    assert.ok(!isRevision(bad), JSON.stringify(bad));
});

test("only full ids count as ids", () => {
  assert.ok(isId("a".repeat(40)) && isId("0".repeat(64)));
  assert.ok(!isId("a".repeat(39)) && !isId("A".repeat(40)) && !isId(`${"a".repeat(40)}\n`));
});
