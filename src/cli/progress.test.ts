import assert from "node:assert/strict";
import { test } from "node:test";
import { stripVTControlCharacters } from "node:util";
import { HOUR, MINUTE, SECOND } from "#core/base/time.ts";
import type { GateReport } from "#core/reports/gate-report.ts";
import type { PhaseReport, StatusReport } from "#core/reports/status.ts";
import { clockNews, overDrawn, sceneLines, statusNews } from "./progress.ts";
import { sampleReport } from "./report.sample.ts";
import { paintFor, UNPAINTED } from "./text.ts";

const NOW = sampleReport().updatedAt;
const scene = (report: StatusReport, log: readonly string[] = [], width = 100) =>
  sceneLines({ report, now: NOW, log, width }, UNPAINTED);

const signoff: GateReport = {
  name: "go-no-go",
  kind: "signoff",
  level: "hold",
  owner: "lead",
  verdict: "pending",
  reason: "0 of 1 lead",
  lift: ["lead: `holdpoint approve`"],
  until: null,
  evidence: {},
  answeredAt: null,
  asks: [],
};
const window: GateReport = {
  ...signoff,
  name: "office-hours",
  kind: "window",
  reason: "no window is open",
  lift: [],
  until: NOW + 2 * HOUR,
};
const tests: GateReport = {
  ...signoff,
  name: "tests",
  kind: "check",
  verdict: "pass",
  reason: "120 passed",
  lift: [],
};
const phase = (change: Partial<PhaseReport>): PhaseReport => ({
  name: "build",
  environment: null,
  state: "passed",
  opensAt: null,
  gates: [],
  steps: [],
  ...change,
});

test("a held release shows what holds, who can lift it, and when the clock may", () => {
  const report = sampleReport({
    why: "go-no-go: 0 of 1 lead; office-hours: no window is open",
    holds: [signoff, window],
    phases: [
      phase({}),
      phase({
        name: "wide",
        environment: "production",
        state: "held",
        gates: [tests, signoff, window],
      }),
      phase({ name: "after", state: "to come" }),
    ],
  });
  assert.deepEqual(scene(report, ["10:00:00Z  phase wide opened"]), [
    "Shop 1.4.0 (minor, shop-1.4.0, commit cccccccccccc)  held",
    "✓ build: passed",
    "‖ wide in production: held",
    "    ✓ tests (check): pass; 120 passed",
    "    ‖ go-no-go (signoff): pending; 0 of 1 lead",
    "    ‖ office-hours (window): pending; no window is open",
    "· after: to come",
    "",
    "Why not now: 2 holds",
    "  go-no-go: 0 of 1 lead",
    "    lead: `holdpoint approve`",
    "  office-hours: no window is open",
    "    by itself 2026-11-18 13:06:40Z, in 2 h",
    "",
    "10:00:00Z  phase wide opened",
  ]);
});

test("a release under way shows its weight as a bar, both error rates, and its way back against the promise", () => {
  const report = sampleReport({
    status: "working",
    phases: [
      phase({
        name: "wide",
        environment: "production",
        state: "working",
        steps: [
          { id: "wide/1-deploy", kind: "deploy", state: "done", note: "" },
          { id: "wide/2-shift", kind: "shift", state: "under way", note: "soaks at 25 %" },
          { id: "wide/3-promote", kind: "promote", state: "to come", note: "" },
        ],
      }),
    ],
    traffic: {
      weight: 2500,
      verdict: "continue",
      reason: "nothing speaks against it",
      errorRate: { canary: 12, stable: null },
      requests: { canary: 1204, stable: 0 },
      looks: 7,
    },
    rollback: { ...sampleReport().rollback, bound: 2 * MINUTE, steps: ["shift", "retire"] },
  });
  assert.deepEqual(scene(report), [
    "Shop 1.4.0 (minor, shop-1.4.0, commit cccccccccccc)  working",
    "▸ wide in production: working",
    "    ✓ 1-deploy: done",
    "    ▸ 2-shift: under way; soaks at 25 %",
    "    · 3-promote: to come",
    "",
    "Traffic   █████░░░░░░░░░░░░░░░ 25 % to 1.4.0",
    "Errors    new 0.12 % of 1204 requests, stable none yet of 0",
    "judge: continue, nothing speaks against it (7 looks)",
    "",
    "Way back  at most 2 min, promised 5 min: shift, retire",
    "",
  ]);
});

test("on the way back a clock runs against the promised time", () => {
  const rollback = {
    ...sampleReport().rollback,
    decidedAt: NOW - 75 * SECOND,
    reason: "errors: 9 % of 500",
    steps: ["shift"],
  };
  const lines = scene(sampleReport({ status: "rolling-back", rollback }));
  assert.deepEqual(lines.slice(-4, -1), [
    "",
    "Way back  █████░░░░░░░░░░░░░░░ 1 min 15 s of 5 min promised",
    "errors: 9 % of 500",
  ]);
});

test("past the point of no return the view says so", () => {
  const noReturn = "wide/2-migrate: the old column is gone";
  const rollback = { ...sampleReport().rollback, noReturn, steps: ["shift"] };
  assert.ok(scene(sampleReport({ rollback })).includes(`No way back: ${noReturn}`));
});

test("no line is wider than the terminal, painted or not, and only the last log lines are shown", () => {
  const log = Array.from({ length: 20 }, (_, at) => `line ${at} ${"x".repeat(200)}`);
  const report = sampleReport({ why: "y".repeat(300), holds: [signoff] });
  for (const paint of [UNPAINTED, paintFor(true)]) {
    const lines = sceneLines({ report, now: NOW, log, width: 40 }, paint);
    const bare = lines.map((line) => stripVTControlCharacters(line));
    for (const line of bare) assert.ok([...line].length <= 40, line);
    assert.ok(!lines.some((line) => line.includes("line 13 ")));
    assert.ok(lines.some((line) => line.includes("line 19 ")));
  }
});

test("nothing that others wrote can move the cursor of the live view", () => {
  const evil = "\u001b[2J\u001b[H\r\n\u202e";
  const report = sampleReport({
    system: evil,
    version: evil,
    why: evil,
    holds: [{ ...signoff, name: evil, lift: [evil] }],
    phases: [phase({ name: evil, state: "held", gates: [{ ...signoff, reason: evil }] })],
    rollback: { ...sampleReport().rollback, decidedAt: NOW, reason: evil },
    end: { how: "aborted", reason: evil },
  });
  const text = scene(report, [evil]).join("\n");
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it looks for them
  assert.doesNotMatch(text, /[\u0000-\u0009\u000b-\u001f\u202e]/);
});

test("drawing again goes back over exactly the lines that were drawn", () => {
  assert.equal(overDrawn(0), "");
  assert.equal(overDrawn(3), "\u001b[3F\u001b[0J");
});

test("off a terminal, what holds is told when it changes and only then", () => {
  const held = sampleReport({ holds: [signoff] });
  assert.deepEqual(statusNews(null, held), ["    held by go-no-go (lead: `holdpoint approve`)"]);
  assert.deepEqual(statusNews(held, held), []);
  assert.deepEqual(statusNews(held, sampleReport({ status: "working" })), []);
  const more = sampleReport({ holds: [signoff, { ...tests, verdict: "pending" }] });
  assert.deepEqual(statusNews(held, more), [
    "    held by go-no-go (lead: `holdpoint approve`), tests",
  ]);
});

test("off a terminal, the clock of a way back is told against the promise, until it has ended", () => {
  const sample = sampleReport({});
  const rollback = { ...sample.rollback, decidedAt: NOW - 2000, target: 300_000 };
  const going = clockNews(sampleReport({ rollback }), NOW);
  assert.equal(going, "    going back for 2 s of 5 min promised");
  assert.equal(clockNews(sample, NOW), null);
});
