import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { readReport } from "./table.ts";

const figures = (text: string) => {
  const read = readReport("junit", text);
  assert.ok(read.ok, read.ok ? "" : read.error.reason);
  return read.value;
};

test("cases are counted by what came of them, across nested suites", () => {
  const text = `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="checkout" tests="5" failures="1" errors="1" time="1.2">
  <testsuite name="cart" tests="5" failures="1" errors="1" skipped="1">
    <properties><property name="ci" value="yes"/></properties>
    <testcase name="adds" classname="cart" time="0.01"/>
    <testcase name="removes" classname="cart"><failure message="2 !== 3">at cart.ts:4</failure></testcase>
    <testsuite name="prices">
      <testcase name="rounds"><skipped/></testcase>
      <testcase name="converts"><error message="no rate"><![CDATA[<failure/>]]></error></testcase>
      <testcase name="prints"><system-out>&lt;failure/&gt;</system-out></testcase>
    </testsuite>
  </testsuite>
</testsuites>`;
  assert.deepEqual(figures(text), { tests: 5, failures: 1, errors: 1, skipped: 1 });
});

test("a single suite without the outer element is read, as pytest and Surefire write it", () => {
  const text = `<testsuite name="unit" tests="2"><testcase name="a"/><testcase name="b"/></testsuite>`;
  assert.deepEqual(figures(text), { tests: 2, failures: 0, errors: 0, skipped: 0 });
});

test("a case that failed twice counts once, and one that failed and broke off counts in both", () => {
  const text = `<testsuite><testcase name="a"><failure/><failure/><error/></testcase></testsuite>`;
  assert.deepEqual(figures(text), { tests: 1, failures: 1, errors: 1, skipped: 0 });
});

test("only an element right below the case says its fate", () => {
  const text = `<testsuite><testcase name="a"><rerun><failure/></rerun></testcase></testsuite>`;
  assert.equal(figures(text)["failures"], 0);
});

test("where the outermost suites claim more faults than the cases show, the claim counts", () => {
  const two = `<testsuite failures="1"/><testsuite failures="2" errors="1"><testcase name="a"/></testsuite>`;
  assert.deepEqual(figures(`<testsuites>${two}</testsuites>`), {
    tests: 1,
    failures: 3,
    errors: 1,
    skipped: 0,
  });
  assert.equal(figures(`<testsuites errors="4"/>`)["errors"], 4);
});

test("characters XML forbids, which reporters print all the same, are no reason to refuse a report", () => {
  const text = `<testsuite><testcase name="a"><failure>\u001b[31mred\u001b[0m ]]> \ud800</failure></testcase></testsuite>`;
  assert.equal(figures(text)["failures"], 1);
});

test("the report of Node's own runner is read", () => {
  const folder = mkdtempSync(join(tmpdir(), "holdpoint-junit-"));
  try {
    writeFileSync(
      join(folder, "own.test.mjs"),
      `import { describe, test } from "node:test";
test("passes", () => {});
test("skips", { skip: true }, () => {});
test("is to do", { todo: true }, () => {});
describe("suite", () => { test("throws", () => { throw new Error("x <y> & ]]> \\u001b[31m"); }); });
`,
    );
    const run = spawnSync(process.execPath, ["--test", "--test-reporter=junit", "own.test.mjs"], {
      cwd: folder,
      encoding: "utf8",
      env: { PATH: process.env["PATH"] },
    });
    assert.deepEqual(figures(run.stdout), { tests: 4, failures: 1, errors: 0, skipped: 2 });
  } finally {
    rmSync(folder, { recursive: true });
  }
});
