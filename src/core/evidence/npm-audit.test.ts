import assert from "node:assert/strict";
import { test } from "node:test";
import { readReport } from "./table.ts";

const read = (value: unknown) => readReport("npm-audit", JSON.stringify(value));

test("the report of npm 7 and later is read by severity", () => {
  const report = {
    auditReportVersion: 2,
    vulnerabilities: {
      "left-over": {
        name: "left-over",
        severity: "high",
        isDirect: true,
        via: [{ source: 1, name: "left-over", title: "Too much", severity: "high" }],
        effects: [],
        range: "<1.0.1",
        nodes: ["node_modules/left-over"],
        fixAvailable: true,
      },
    },
    metadata: {
      vulnerabilities: { info: 0, low: 2, moderate: 3, high: 1, critical: 0, total: 6 },
      dependencies: { prod: 3, dev: 10, optional: 0, peer: 0, peerOptional: 0, total: 12 },
    },
  };
  assert.deepEqual(read(report), {
    ok: true,
    value: { critical: 0, high: 1, moderate: 3, low: 2, info: 0, total: 6 },
  });
});

test("the form of npm 6, which states no total, is read", () => {
  const report = {
    actions: [],
    advisories: { "1": { severity: "critical" } },
    muted: [],
    metadata: {
      vulnerabilities: { info: 1, low: 0, moderate: 0, high: 0, critical: 1 },
      dependencies: 20,
    },
  };
  assert.deepEqual(read(report), {
    ok: true,
    value: { critical: 1, high: 0, moderate: 0, low: 0, info: 1, total: 2 },
  });
});

test("npm's own error is no clean report", () => {
  const refused = read({ error: { code: "ENOLOCK", summary: "needs a lockfile", detail: "" } });
  assert.ok(!refused.ok);
  assert.match(refused.error.reason, /npm could not audit \(ENOLOCK\)/);
  const unreachable = read({ message: "request failed", method: "POST", uri: "https://x" });
  assert.ok(!unreachable.ok);
  assert.match(unreachable.error.reason, /npm could not audit, so there are no figures/);
  const both = read({
    error: { code: "x\ny" },
    metadata: { vulnerabilities: { info: 0, low: 0, moderate: 0, high: 0, critical: 0 } },
  });
  assert.ok(!both.ok);
  assert.match(both.error.reason, /npm could not audit, so/);
});

test("other JSON, and figures that are no counts, are refused", () => {
  for (const value of [
    {},
    [],
    null,
    3,
    { metadata: { vulnerabilities: { critical: -1, high: 0, moderate: 0, low: 0 } } },
    { metadata: { vulnerabilities: { critical: "0", high: 0, moderate: 0, low: 0 } } },
    { metadata: { vulnerabilities: { high: 0, moderate: 0, low: 0 } } },
    { version: "2.1.0", runs: [{ tool: { driver: {} }, results: [] }] },
  ]) {
    const refused = read(value);
    assert.ok(!refused.ok);
    assert.match(refused.error.reason, /`npm audit --json` was expected/);
  }
});
