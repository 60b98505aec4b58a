import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { printProblems, problemsAsJson } from "./print.ts";
import type { Problem } from "./problem.ts";

const problem = (changes: Partial<Problem> = {}): Problem => ({
  file: "holdpoint.yaml",
  line: 2,
  column: 9,
  length: 5,
  severity: "error",
  code: "value",
  where: "system",
  sentence: "expected something else",
  remedy: "",
  ...changes,
});
const TEXT = "holdpoint: 1\nsystem: Shop?\n";
const print = (one: Problem, text = TEXT, colour = false) => printProblems([one], { text, colour });

describe("printProblems", () => {
  it("says place, severity and sentence, and points at the place in its line", () => {
    assert.equal(
      print(problem()),
      [
        "holdpoint.yaml:2:9 error expected something else [value]",
        "   2 | system: Shop?",
        "     |         ^^^^^",
        "",
      ].join("\n"),
    );
  });

  it("adds the remedy on a line of its own", () => {
    assert.match(
      print(problem({ remedy: "Say `Shop`" })),
      /something else \[value\]\n +Say `Shop`\.\n/,
    );
  });

  it("adds a case in which it shows, before the remedy", () => {
    const told = problem({
      counterexample: "on Fri 2027-03-05",
      remedy: "Say `Shop`",
      severity: "note",
    });
    assert.match(
      print(told),
      /9 note expected something else \[value\]\n +such as: on Fri 2027-03-05\n +Say `Shop`\.\n/,
    );
    assert.match(problemsAsJson([told]), /"counterexample": "on Fri 2027-03-05"/);
  });

  it("colours only when it is asked to", () => {
    assert.equal(print(problem()).includes("\u001b"), false);
    assert.ok(print(problem(), TEXT, true).includes("\u001b[31merror\u001b[0m"));
    assert.ok(print(problem({ severity: "warning" }), TEXT, true).includes("\u001b[33mwarning"));
  });

  it("never lets the file steer the terminal", () => {
    const text = "a\nb: \u001b[2J\u202e evil\n";
    const printed = print(problem({ column: 4, sentence: "found \u001b[2J", file: "a\nb" }), text);
    assert.equal(/[^\P{C}\n]/u.test(printed), false);
    assert.equal(printed.split("\n").length, 4);
  });

  it("keeps the caret under its place where tabs and made-visible characters come before", () => {
    const [, line = "", caret = ""] = print(
      problem({ line: 1, column: 4, length: 1 }),
      "\t\u0007:x",
    ).split("\n");
    assert.equal(line.indexOf("x"), caret.indexOf("^"));
  });

  it("shows a part of a long line", () => {
    const text = `${"a".repeat(3000)}X${"b".repeat(3000)}`;
    const [, line = "", caret = ""] = print(
      problem({ line: 1, column: 3001, length: 1 }),
      text,
    ).split("\n");
    assert.ok(line.length < 120 && caret.length < 120);
    assert.equal(line.indexOf("X"), caret.indexOf("^"));
  });

  it("counts what it does not print", () => {
    const printed = printProblems(Array(60).fill(problem()), { text: TEXT, colour: false });
    assert.equal(printed.match(/ error /g)?.length, 50);
    assert.match(printed, /and 10 more\n$/);
    assert.equal(printProblems([], { text: TEXT, colour: true }), "");
  });
});

describe("problemsAsJson", () => {
  it("says the same for machines", () => {
    assert.deepEqual(JSON.parse(problemsAsJson([problem()])), [problem()]);
    assert.equal(problemsAsJson([]), "[]\n");
  });
});
