import assert from "node:assert/strict";
import { test } from "node:test";
import { readReport } from "./table.ts";

const log = (...runs: object[]) => JSON.stringify({ version: "2.1.0", $schema: "x", runs });
const run = (results: object[] | null, more: object = {}) => ({
  tool: { driver: { name: "scan", rules: [] } },
  results,
  ...more,
});
const figures = (text: string) => {
  const read = readReport("sarif", text);
  assert.ok(read.ok, read.ok ? "" : read.error.reason);
  return read.value;
};
const refusal = (text: string) => {
  const read = readReport("sarif", text);
  assert.ok(!read.ok);
  return read.error.reason;
};

test("results count by level over all runs, and one that says none is a warning", () => {
  const text = log(
    run([{ level: "error", message: { text: "a" } }, { level: "note" }, { ruleId: "unknown" }]),
    run([{ level: "error" }, { level: "none" }]),
  );
  assert.deepEqual(figures(text), { errors: 2, warnings: 1, notes: 1, suppressed: 0 });
});

test("a result without a level has that of its rule: by place, by id, in the tool or an extension", () => {
  const rule = (id: string, level: string) => ({ id, defaultConfiguration: { level } });
  const tool = {
    driver: { name: "scan", rules: [rule("a", "error"), rule("b", "note")] },
    extensions: [{ name: "more", rules: [rule("c", "error")] }],
  };
  const results = [
    { ruleIndex: 0 },
    { ruleId: "b" },
    { rule: { id: "c" } },
    { rule: { index: 0, toolComponent: { index: 0 } } },
    { ruleIndex: 99, ruleId: "b" },
  ];
  assert.deepEqual(figures(log({ tool, results })), {
    errors: 3,
    warnings: 0,
    notes: 2,
    suppressed: 0,
  });
});

test("what is no fault, gone or accepted by somebody counts under no level", () => {
  const text = log(
    run([
      { kind: "pass", level: "error" },
      { kind: "informational" },
      { level: "error", baselineState: "absent" },
      { level: "error", suppressions: [{ kind: "inSource" }] },
      { level: "error", suppressions: [{ kind: "external", status: "rejected" }] },
      { level: "error", suppressions: [] },
    ]),
  );
  assert.deepEqual(figures(text), {
    errors: 2,
    warnings: 0,
    notes: 0,
    suppressed: 1,
    new: 0,
    unchanged: 0,
    updated: 0,
  });
});

test("a log that was compared with an earlier one tells new results from known ones", () => {
  const results = ["new", "new", "unchanged", "updated", "absent"].map((baselineState) => ({
    level: "warning",
    baselineState,
  }));
  const read = figures(log(run(results)));
  assert.deepEqual([read["new"], read["unchanged"], read["updated"]], [2, 1, 1]);
  assert.equal(read["warnings"], 4);
});

test("an analysis that broke off is no clean log", () => {
  assert.match(refusal(log(run(null))), /did not come to its end/);
  assert.match(refusal(log({ tool: { driver: {} } })), /did not come to its end/);
  const broken = run([], { invocations: [{ executionSuccessful: false }] });
  assert.match(refusal(log(run([]), broken)), /analysis failed/);
  assert.deepEqual(figures(log(run([], { invocations: [{ executionSuccessful: true }] }))), {
    errors: 0,
    warnings: 0,
    notes: 0,
    suppressed: 0,
  });
});

test("other versions, no runs and unknown levels are refused with what was expected", () => {
  for (const text of [
    JSON.stringify({ version: "1.0.0", runs: [run([])] }),
    log(),
    "{}",
    log(run([{ level: "fatal" }])),
    log(run([{ baselineState: "__proto__" }])),
  ])
    assert.match(refusal(text), /a SARIF 2\.1\.0 log was expected/);
});
