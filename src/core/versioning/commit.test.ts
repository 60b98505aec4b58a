import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { readCommit } from "./commit.ts";

test("a header says type, scope and description", () => {
  const read = readCommit("feat(cart): add vouchers");
  assert.deepEqual(
    [read.conventional, read.type, read.scope, read.description, read.breaking],
    [true, "feat", "cart", "add vouchers", false],
  );
  assert.deepEqual(read.problems, []);
});

test("types are read in any case, scopes with any words, descriptions with emoji", () => {
  const type = (message: string) => readCommit(message).type;
  assert.equal(type("Feat: x"), "feat");
  assert.equal(type("feat(api/v2, web): x"), "feat");
  assert.equal(type("feat: 🎸 x"), "feat");
  assert.equal(type("hot-fix: x"), "hot-fix");
  assert.equal(readCommit("feat(api/v2, web): x").scope, "api/v2, web");
});

test("`!` marks a breaking change, with and without a scope", () => {
  for (const message of ["feat!: x", "chore(deps)!: x"]) {
    const read = readCommit(message);
    assert.ok(read.breaking && read.conventional);
    assert.deepEqual(read.breakingNotes, []);
  }
});

test("body and footers are told apart, a footer may run over lines", () => {
  const read = readCommit(
    "fix: x\r\n\r\nWhy it was\nwrong.\r\n\nMore.\n\nReviewed-by: Lead\nRefs #133\nNote: runs\n  on\n",
  );
  assert.equal(read.body, "Why it was\nwrong.\n\nMore.");
  assert.deepEqual(read.footers, [
    { token: "Reviewed-by", value: "Lead" },
    { token: "Refs", value: "#133" },
    { token: "Note", value: "runs\n  on" },
  ]);
});

test("a paragraph that begins like a footer but is followed by prose is body", () => {
  const read = readCommit("fix: x\n\nNote: this is prose.\n\nAnd it goes on.");
  assert.equal(read.body, "Note: this is prose.\n\nAnd it goes on.");
  assert.deepEqual(read.footers, []);
});

test("BREAKING CHANGE and BREAKING-CHANGE count in upper case at the start of a line, under any header", () => {
  for (const message of [
    "fix: x\n\nBREAKING CHANGE: gone",
    "fix: x\n\nBREAKING-CHANGE: gone",
    "fix: x\nBREAKING CHANGE: gone",
    "plain words\n\nBREAKING CHANGE #gone",
    "fix: x\n\nBREAKING CHANGE: gone\n\nMore prose after it.",
    "fix: x\n\nSome body\nBREAKING CHANGE:\ngone\n\nRefs: #1",
  ]) {
    const read = readCommit(message);
    assert.ok(read.breaking, message);
    assert.deepEqual(read.breakingNotes, ["gone"], message);
  }
});

test("several breaking notes are kept apart, each to the end of its paragraph", () => {
  const read = readCommit(
    "feat: x\n\nBREAKING CHANGE: one\ngoes on\nBREAKING CHANGE: two\n\nRefs: #1",
  );
  assert.deepEqual(read.breakingNotes, ["one\ngoes on", "two"]);
  assert.equal(read.footers.length, 3);
});

test("what nearly marks a breaking change does not count and is told with its place", () => {
  for (const [message, line, column] of [
    ["fix: x\n\nbreaking change: gone", 3, 1],
    ["fix: x\n\nBreaking Changes:\n- gone", 3, 1],
    ["fix: x\n\n * BREAKING CHANGE: gone", 3, 4],
    ["\nfix: x\n\nBREAKING CHANGE gone", 4, 1],
  ] as const) {
    const read = readCommit(message);
    assert.equal(read.breaking, false, message);
    assert.deepEqual(
      read.problems.map((problem) => [problem.line, problem.column]),
      [[line, column]],
    );
  }
  assert.deepEqual(readCommit("fix: x\n\nThis is breaking changeover night.").problems, []);
});

test("a header of another form is kept as it is and asks for nothing", () => {
  for (const header of ["Fix the cart", "Merge branch 'x'", "v1.2.3", "https://example.test/x"]) {
    const read = readCommit(header);
    assert.deepEqual(
      [read.conventional, read.type, read.description, read.problems],
      [false, null, header, []],
    );
  }
});

test("a header that is nearly conventional says what is wrong and where", () => {
  for (const [header, column, sentence] of [
    ["feat:x", 6, /space must follow/],
    ["feat:", 6, /description .* missing/],
    ["feat : x", 5, /No space goes before/],
    ["feat (cart): x", 5, /No space goes before/],
    ["feat(cart) !: x", 5, /No space goes before/],
  ] as const) {
    const read = readCommit(header);
    assert.equal(read.conventional, false, header);
    const [problem] = read.problems;
    assert.ok(problem);
    assert.deepEqual([problem.line, problem.column], [1, column], header);
    assert.match(problem.sentence, sentence);
  }
  const empty = readCommit("feat(): x");
  assert.deepEqual([empty.type, empty.scope, empty.problems.length], ["feat", null, 1]);
});

test("blank lines and spaces before the header do no harm", () => {
  assert.equal(readCommit("\n\n  feat: x").type, "feat");
});

test("git's own revert is of type revert; a reapplied change is of its own type again", () => {
  assert.equal(readCommit('Revert "feat: x"').type, "revert");
  assert.equal(readCommit('Reapply "feat: x"').type, "feat");
  assert.equal(readCommit("revert: feat: x").type, "revert");
});

test("what is shown of a commit has no control or hidden characters and no endless line", () => {
  const read = readCommit(`feat(a\u001b[31m): x\u202ey\u0007z ${"long ".repeat(1000)}`);
  assert.match(read.header, /^feat\(a \[31m\): x y z /);
  assert.ok(read.header.length <= 300 && read.description.length <= 300);
  assert.equal(read.scope, "a [31m");
});

test("every text is read, and quickly: no form of it makes the reader wander", () => {
  const piece = fc.constantFrom(
    "feat",
    "(",
    ")",
    "!",
    ":",
    " ",
    "\n",
    "\r\n",
    "BREAKING CHANGE",
    "a-b: ",
    " #1",
  );
  const text = fc.array(fc.oneof(piece, fc.string()), { maxLength: 40 }).map((all) => all.join(""));
  fc.assert(
    fc.property(text, (message) => {
      const read = readCommit(message);
      assert.equal(read.conventional ? read.type !== null && read.description !== "" : true, true);
      for (const problem of read.problems) assert.ok(problem.line >= 1 && problem.column >= 1);
    }),
    { numRuns: 2000 },
  );
  for (const bad of ["a", " ", "(", "a(", "feat ", "BREAKING CHANGE", "a: b\n", "\n", "x-", "> "])
    readCommit(bad.repeat(200_000));
});
