import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { REPORT_FORMATS } from "../gates/gate.ts";
import { MAX_SIZE } from "./report.ts";
import { REPORTS, readReport } from "./table.ts";

const refusal = (format: keyof typeof REPORTS, text: string) => {
  const read = readReport(format, text);
  assert.ok(!read.ok, `${format} took ${text.slice(0, 60)}`);
  return read.error.reason;
};

const GOOD: Record<keyof typeof REPORTS, string> = {
  junit: `<testsuites><testsuite><testcase name="a"><skipped/></testcase></testsuite></testsuites>`,
  lcov: "SF:a\nLF:2\nLH:1\nend_of_record\n",
  cobertura: `<coverage line-rate="0.5"><packages></packages></coverage>`,
  sarif: `{"version":"2.1.0","runs":[{"tool":{"driver":{}},"results":[]}]}`,
  "npm-audit": `{"metadata":{"vulnerabilities":{"critical":0,"high":0,"moderate":0,"low":0}}}`,
};

test("every format that a policy may name is read here, and no other", () => {
  assert.deepEqual(Object.keys(REPORTS).sort(), [...REPORT_FORMATS].sort());
});

test("a report tells no other figures than its format names", () => {
  const compared = `{"version":"2.1.0","runs":[{"tool":{"driver":{}},"results":[{"message":{},"baselineState":"new"}]}]}`;
  for (const format of REPORT_FORMATS)
    for (const text of [GOOD[format], ...(format === "sarif" ? [compared] : [])]) {
      const read = readReport(format, text);
      assert.ok(read.ok && Object.keys(read.value).length > 0, format);
      const named: readonly string[] = REPORTS[format].figures;
      assert.deepEqual(
        Object.keys(read.value).filter((figure) => !named.includes(figure)),
        [],
      );
    }
});

test("a byte order mark before a report does no harm", () => {
  for (const format of REPORT_FORMATS) assert.ok(readReport(format, `\uFEFF${GOOD[format]}`).ok);
});

test("an empty or oversized report is refused in every format, with what was expected", () => {
  for (const format of REPORT_FORMATS) {
    for (const empty of ["", " \n", "\uFEFF"])
      assert.match(refusal(format, empty), /is empty; .* was expected/);
    assert.match(refusal(format, "x".repeat(MAX_SIZE + 1)), /longer than/);
  }
});

test("a report of one format is refused as every other", () => {
  for (const format of REPORT_FORMATS)
    for (const other of REPORT_FORMATS)
      if (other !== format) assert.match(refusal(format, GOOD[other]), /was expected/);
});

test("a report that was cut anywhere is refused, or reads as nothing more than it was", () => {
  for (const format of REPORT_FORMATS) {
    const text = GOOD[format].trimEnd();
    for (let end = 1; end < text.length; end += 1) refusal(format, text.slice(0, end));
  }
});

const HOSTILE_XML = [
  `<!DOCTYPE a [<!ENTITY x "y">]><testsuites/>`,
  `<!DOCTYPE testsuites SYSTEM "file:///etc/passwd"><testsuites/>`,
  `<testsuites>&undefined;</testsuites>`,
  `<testsuites a="&#0;"/>`,
  `<testsuites a="1" a="2"/>`,
  `<testsuites a=1/>`,
  `<testsuites><testsuite></testsuites></testsuite>`,
  `<testsuites/><testsuites/>`,
  `<testsuites/>tail`,
  `<!-- never closed <testsuites/>`,
  `<testsuites><![CDATA[never closed</testsuites>`,
  `<?php echo 1 ?>`,
  `<html><body>404 Not Found</body></html>`,
  `<testsuites>${"<testsuite>".repeat(100_000)}`,
  `<testsuites>${"<a>".repeat(80)}${"</a>".repeat(80)}</testsuites>`,
  "\u0000\u0001\u0002",
  "]]>",
];

test("no hostile XML is read as a report", () => {
  for (const text of HOSTILE_XML)
    for (const format of ["junit", "cobertura"] as const)
      assert.match(refusal(format, text), /^The report.*\.$/s);
});

const HOSTILE_JSON = [
  "[".repeat(4_000_000),
  `${"[".repeat(2_000_000)}${"]".repeat(2_000_000)}`,
  `{"a":`.repeat(1_000_000),
  `{"runs":"${"\\".repeat(1_000_001)}`,
  '{"__proto__":{"metadata":{}},"constructor":{"prototype":1}}',
  "NaN",
  "// comment\n{}",
  "{}{}",
  '"runs"',
];

test("no hostile JSON is read as a report", () => {
  for (const text of HOSTILE_JSON)
    for (const format of ["sarif", "npm-audit"] as const)
      assert.match(refusal(format, text), /^The report .*\.$/s);
});

test("reasons stay short, one line and free of what the report says", () => {
  const secret = "hunter2-token";
  const texts = [
    `<${secret}${"x".repeat(5000)}\u001b[31m>`,
    `<testsuites><a b="${secret}`,
    `{"metadata":{"vulnerabilities":{"critical":"${secret}"}}}`,
    `{"version":"${secret}","runs":[]}`,
    `SF:a\n${secret}`,
  ];
  for (const text of texts)
    for (const format of REPORT_FORMATS) {
      const reason = refusal(format, text);
      assert.ok(reason.length < 400);
      assert.match(reason, /^[\x20-\x7e]*$/);
      if (!text.startsWith(`<${secret}`)) assert.ok(!reason.includes(secret));
    }
});

test("whatever the text is, reading answers with finite figures or a reason", () => {
  const format = fc.constantFrom(...REPORT_FORMATS);
  const piece = fc.constantFrom(
    ...Object.values(GOOD).flatMap((text) => text.split(/(?<=[>\n,{])/)),
  );
  const mixed = fc
    .array(fc.oneof(piece, fc.string()), { maxLength: 12 })
    .map((all) => all.join(""));
  fc.assert(
    fc.property(format, mixed, (which, text) => {
      const read = readReport(which, text);
      if (read.ok) for (const value of Object.values(read.value)) assert.ok(Number.isFinite(value));
      else assert.ok(read.error.reason.endsWith("."));
    }),
    { numRuns: 2000 },
  );
});
