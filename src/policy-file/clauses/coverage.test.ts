import assert from "node:assert/strict";
import { test } from "node:test";
import { POLICY_TEXT } from "../policy-text.fake.ts";
import { type CoverageTexts, coverage } from "./coverage.ts";

const ROWS = [
  "| XY-01 | checks | said | `gates.lint` |",
  "| XY-02 | a timeline | partly | `phases.production`; the rest needs time boxes |",
  "| XY-03 | an offline proof | done | `x.test.ts` |",
  "| XY-04 | dreams | not yet | nobody can do that |",
];
const POLICY = `${POLICY_TEXT}\n# XY-02 on a line for itself\n`.replace(
  /^gates:/m,
  "gates: # XY-01 the checks",
);
const TESTS = 'test("XY-01 XY-03: it holds", () => {});\ntest("without XY-04", () => {});\n';

function about(change: Partial<Record<"rows" | "policy" | "tests" | "written", string>> = {}) {
  const texts: CoverageTexts = {
    list: {
      file: "COVERAGE.md",
      text: `It has the clauses XY-01 to XY-04.\n\n${change.rows ?? ROWS.join("\n")}\n`,
    },
    policy: { file: "holdpoint.yaml", text: change.policy ?? POLICY },
    beside: [{ file: "as-written.yaml", text: change.written ?? "" }],
    tests: [{ file: "src/x.test.ts", text: change.tests ?? TESTS }],
  };
  return coverage(texts);
}
const problems = (change: Parameters<typeof about>[0]) =>
  about(change).problems.map(({ file, line, sentence }) => `${file}:${line}: ${sentence}`);
const withRow = (index: number, row: string) => ROWS.with(index, row).join("\n");

test("every clause comes with its places in the policy and the tests that prove it", () => {
  const { clauses, problems } = about();
  assert.deepEqual(problems, []);
  assert.deepEqual(
    clauses.map(({ id, state, policy, tests }) => [
      id,
      state,
      policy.map(({ where }) => where),
      tests.map(({ title }) => title),
    ]),
    [
      ["XY-01", "said", ["gates"], ["XY-01 XY-03: it holds"]],
      ["XY-02", "partly", [""], []],
      ["XY-03", "done", [], ["XY-01 XY-03: it holds"]],
      ["XY-04", "not yet", [], []],
    ],
  );
});

const BAD: readonly (readonly [what: string, Parameters<typeof about>[0], found: string])[] = [
  [
    "a clause of the document without a row",
    { rows: ROWS.slice(0, 3).join("\n") },
    "COVERAGE.md:1: XY-04 has no row",
  ],
  [
    "a row without a clause of the document",
    { rows: [...ROWS, "| XY-05 | more | not yet | no |"].join("\n") },
    "COVERAGE.md:7: the document has no XY-05",
  ],
  [
    "a clause with two rows",
    { rows: [...ROWS, ROWS[3]].join("\n") },
    "COVERAGE.md:7: XY-04 has two rows",
  ],
  [
    "rows out of order",
    { rows: [ROWS[1], ROWS[0], ROWS[2], ROWS[3]].join("\n") },
    "COVERAGE.md:4: XY-01 comes after XY-02",
  ],
  [
    "a row that is not one",
    { rows: withRow(3, "| XY-04 | dreams | soon | who knows |") },
    "COVERAGE.md:6: the row of XY-04 is not: id, clause, state, where",
  ],
  [
    "a clause that is said and cited nowhere",
    { policy: POLICY_TEXT, rows: withRow(1, "| XY-02 | a timeline | not yet | no |") },
    "COVERAGE.md:3: XY-01 is said, but no comment of the policy cites it",
  ],
  [
    "a clause that is said and proved by nothing",
    { tests: 'test("XY-03: it holds", () => {});' },
    "COVERAGE.md:3: XY-01 is said, but no test has it in its title",
  ],
  [
    "a clause that is not yet and cited all the same",
    { policy: `${POLICY}# XY-04\n` },
    `COVERAGE.md:6: XY-04 is not yet, but line ${POLICY.split("\n").length} of the policy cites it`,
  ],
  [
    "a clause that is not yet and proved all the same",
    { tests: `${TESTS}it("XY-04: it dreams", () => {});` },
    "COVERAGE.md:6: XY-04 is not yet, but a test in src/x.test.ts proves it",
  ],
  [
    "a clause that is partly there and cited nowhere",
    { policy: POLICY.replace("XY-02", "it") },
    "COVERAGE.md:4: XY-02 is partly there, but nothing cites it",
  ],
  [
    "a test that does not exist",
    { rows: withRow(2, "| XY-03 | a proof | done | `y.test.ts` |") },
    "COVERAGE.md:5: there is no test y.test.ts",
  ],
  [
    "a part of the policy that does not exist",
    { rows: withRow(0, "| XY-01 | checks | said | `gates.dreams` |") },
    "COVERAGE.md:3: the policy has no gates.dreams",
  ],
  [
    "a comment that cites a clause the document does not have",
    { policy: `${POLICY}# XY-09\n` },
    `holdpoint.yaml:${POLICY.split("\n").length}: the document has no XY-09`,
  ],
  [
    "a test that names a clause the document does not have",
    { tests: `${TESTS}it("XY-09: it flies", () => {});` },
    'src/x.test.ts:1: the test "XY-09: it flies" names XY-09, which the document does not have',
  ],
  [
    "a written document that cites a clause it does not have",
    { written: "# XY-01 XY-07\n" },
    "as-written.yaml:1: the document has no XY-07",
  ],
];
for (const [what, change, found] of BAD) {
  test(`${what} is found, with its place`, () => {
    assert.deepEqual(problems(change), [found]);
  });
}

test("a list that does not say which clauses there are is no list", () => {
  const { problems } = coverage({
    list: { file: "COVERAGE.md", text: ROWS.join("\n") },
    policy: { file: "holdpoint.yaml", text: POLICY },
    beside: [],
    tests: [],
  });
  assert.match(problems[0]?.sentence ?? "", /not said which clauses/);
});

test("a policy that cannot be read is told, and nothing else falls over", () => {
  const { problems } = about({ policy: "gates: [\n# XY-01 XY-02\n" });
  assert.ok(problems.some(({ sentence }) => sentence === "the policy cannot be read"));
});
