import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { readReport } from "./table.ts";

const figures = (text: string) => {
  const read = readReport("lcov", text);
  assert.ok(read.ok, read.ok ? "" : read.error.reason);
  return read.value;
};
const refusal = (text: string) => {
  const read = readReport("lcov", text);
  assert.ok(!read.ok);
  return read.error.reason;
};

test("shares come from the totals of all sections, in per cent", () => {
  const text = [
    "TN:unit",
    "SF:src/cart.ts",
    "FN:1,add",
    "FNDA:3,add",
    "FNF:2",
    "FNH:1",
    "DA:1,3",
    "LF:10",
    "LH:9",
    "BRF:4",
    "BRH:3",
    "end_of_record",
    "SF:src/prices.ts",
    "LF:30",
    "LH:21",
    "BRF:0",
    "BRH:0",
    "end_of_record",
    "",
  ].join("\r\n");
  assert.deepEqual(figures(text), { lines: 75, branches: 75, functions: 50 });
});

test("a section without totals counts by its single records", () => {
  const text =
    "SF:a.ts\nDA:1,1\nDA:2,0\nDA:3,5,abc\nBRDA:1,0,0,-\nBRDA:1,0,1,2\nFNDA:0,f\nend_of_record\n";
  assert.deepEqual(figures(text), { lines: 66.66, branches: 50, functions: 0 });
});

test("a share is cut, not rounded: 2 of 3 lines are 66.66 %, and 99.999 % are not 100 %", () => {
  assert.equal(figures("SF:a\nLF:3\nLH:2\nend_of_record")["lines"], 66.66);
  assert.equal(figures("SF:a\nLF:100000\nLH:99999\nend_of_record")["lines"], 99.99);
});

test("a kind of which nothing is found has no figure, since a share of nothing proves nothing", () => {
  assert.deepEqual(figures("SF:a\nLF:0\nLH:0\nBRF:0\nBRH:0\nend_of_record"), {});
});

test("totals that claim more hits than there is to hit count as all, never as more", () => {
  assert.equal(
    figures("SF:a\nLF:2\nLH:9\nend_of_record\nSF:b\nLF:2\nLH:0\nend_of_record")["lines"],
    50,
  );
});

test("a cut, foreign or malformed trace says where and what was expected", () => {
  assert.match(refusal("SF:a\nDA:1,1\n"), /ends within a section; an LCOV trace/);
  assert.match(refusal("SF:a\nSF:b\nend_of_record"), /within another at line 2/);
  assert.match(refusal("DA:1,1\n"), /outside a section at line 1/);
  assert.match(refusal("end_of_record\n"), /has not begun at line 1/);
  assert.match(refusal("SF:a\nLF:many\nend_of_record"), /LF is malformed at line 2/);
  assert.match(refusal("SF:a\nDA:1\nend_of_record"), /DA is malformed at line 2/);
  assert.match(refusal("TN:nothing\n"), /has no section/);
  assert.match(refusal('{"lines": 100}'), /no LCOV record at line 1/);
});

test("the trace of Node's own runner is read", () => {
  const folder = mkdtempSync(join(tmpdir(), "holdpoint-lcov-"));
  try {
    writeFileSync(
      join(folder, "half.mjs"),
      "export function half(x) {\n  if (x > 1) {\n    return x / 2;\n  }\n  return 0;\n}\nexport function unused() {\n  return 1;\n}\n",
    );
    writeFileSync(
      join(folder, "half.test.mjs"),
      `import { test } from "node:test";\nimport { half } from "./half.mjs";\ntest("halves", () => half(4));\n`,
    );
    const argv = [
      "--test",
      "--experimental-test-coverage",
      "--test-coverage-include=half.mjs",
      "--test-reporter=lcov",
      "half.test.mjs",
    ];
    const env = { PATH: process.env["PATH"] };
    const run = spawnSync(process.execPath, argv, { cwd: folder, encoding: "utf8", env });
    assert.deepEqual(figures(run.stdout), { lines: 66.66, branches: 66.66, functions: 50 });
  } finally {
    rmSync(folder, { recursive: true });
  }
});
