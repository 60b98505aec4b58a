import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { linkerOf } from "./links.ts";
import { writtenShapes } from "./shape.ts";

const github = linkerOf({ repository: "https://github.com/example/shop", references: [] });
const gitlab = linkerOf({ repository: "https://gitlab.example.test/a/shop", references: [] });
const jira = linkerOf({
  references: [
    { find: "SHOP-{number}", url: "https://jira.example.test/browse/SHOP-{number}" },
    { find: "[T{number}]", url: "https://t.example.test/{number}" },
  ],
});
const ID = "1234567890".repeat(4);

test("AA-21: on GitHub #12 is an issue or pull request, and versions and commits have pages", () => {
  const top = "https://github.com/example/shop";
  assert.equal(github.text("mend *it* (#12)"), `mend \\*it\\* ([#12](${top}/issues/12))`);
  assert.equal(github.commit(ID), `[12345678](${top}/commit/${ID})`);
  assert.equal(github.compare("v1.0.0", "v1.1.0"), `${top}/compare/v1.0.0...v1.1.0`);
  assert.equal(github.release("v1.0.0"), `${top}/releases/tag/v1.0.0`);
});

test("on GitLab #12 is an issue and !7 a merge request", () => {
  const top = "https://gitlab.example.test/a/shop/-";
  assert.equal(
    gitlab.text("a #12, !7"),
    `a [#12](${top}/issues/12), [\\!7](${top}/merge_requests/7)`,
  );
  assert.equal(gitlab.compare("v1", "v2"), `${top}/compare/v1...v2`);
  assert.equal(gitlab.release("v1.0.0"), `${top}/tags/v1.0.0`);
  assert.equal(gitlab.commit(ID), `[12345678](${top}/commit/${ID})`);
});

test("AA-20: tickets become links by the policy's patterns, whole words only", () => {
  assert.equal(
    jira.text("round SHOP-12, XSHOP-3 SHOP-4x [T9]"),
    "round [SHOP-12](https://jira.example.test/browse/SHOP-12), XSHOP-3 SHOP-4x [\\[T9\\]](https://t.example.test/9)",
  );
  assert.equal(jira.commit(ID), "12345678");
  assert.equal(jira.compare("a", "b"), null);
});

test("without a page of the repository there are no links, and the text is shown as it is", () => {
  const none = linkerOf({ references: [] });
  assert.equal(none.text("a #12 <b>"), "a #12 \\<b\\>");
  assert.equal(none.release("v1"), null);
});

test("whatever a commit says, every address in the text is one of the policy's", () => {
  const piece = fc.constantFrom(
    "#1",
    "SHOP-2",
    "[x](http://evil.test)",
    "](",
    "<a href=x>",
    "!3",
    " ",
    "\n",
    "javascript:x",
    ")",
  );
  const linker = linkerOf({
    repository: "https://gitlab.example.test/s",
    references: [{ find: "SHOP-{number}", url: "https://jira.example.test/{number}" }],
  });
  fc.assert(
    fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 10 }), (pieces) => {
      const shown = linker.text(pieces.join(""));
      assert.doesNotMatch(shown, /\n/);
      for (const [, url] of shown.matchAll(/(?<!\\)\]\(([^)]*)\)/g))
        assert.match(url ?? "", /^https:\/\/(?:gitlab|jira)\.example\.test\/[\w/-]*\d+$/);
    }),
    { numRuns: 1000 },
  );
});

test("addresses are http or https, without a user, blanks or brackets; the number stands once", () => {
  const repository = (text: string) => writtenShapes.links.safeParse({ repository: text }).success;
  for (const good of ["https://github.com/a/b", "http://[::1]:3000/x/"])
    assert.ok(repository(good), good);
  for (const bad of [
    "javascript:alert(1)",
    "https://me@x.test/",
    "https://x.test/a)b",
    "https://x.test/a b",
    "data:x",
    "//x.test",
    "ftp://x.test",
  ])
    assert.ok(!repository(bad), bad);
  const reference = (find: string, url: string) =>
    writtenShapes.links.safeParse({ references: [{ find, url }] }).success;
  assert.ok(reference("S-{number}", "https://x.test/{number}"));
  assert.ok(!reference("S-", "https://x.test/{number}"));
  assert.ok(!reference("S-{number}", "https://x.test/"));
  assert.ok(!reference("S-{number}", "javascript:{number}"));
});
