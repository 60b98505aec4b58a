import assert from "node:assert/strict";
import { test } from "node:test";
import type { ReleaseEvent } from "../release/events.ts";
import { logLine } from "./log-line.ts";

test("an event is told in the words of what happened, with its names and its reason", () => {
  const told: [ReleaseEvent, string][] = [
    [{ type: "PhaseOpened", phase: "wide" }, "phase wide opened"],
    [
      {
        type: "GateAnswered",
        gate: "build/tests",
        ask: 1,
        answer: { outcome: "failed", reason: "2 failed" },
      },
      "gate build/tests was answered: failed, 2 failed",
    ],
    [
      { type: "GateApproved", gate: "wide/go", role: "lead", note: "all well" },
      "approved wide/go as lead (“all well”)",
    ],
    [
      { type: "EvidenceAdded", gate: "wide/drill", when: 0, link: "https://example.test/7" },
      "added a record to wide/drill, of 1970-01-01 00:00:00Z: https://example.test/7",
    ],
    [{ type: "ItemTicked", gate: "wide/list", item: "runbook" }, "ticked runbook of wide/list"],
    [{ type: "StepStarted", step: "wide/1-deploy", attempt: 1 }, "step wide/1-deploy started"],
    [
      { type: "StepStarted", step: "wide/1-deploy", attempt: 2 },
      "step wide/1-deploy started, attempt 2",
    ],
    [
      { type: "StepFailed", step: "wide/1-deploy", reason: "no room", final: false },
      "step wide/1-deploy failed, to be tried again: no room",
    ],
    [
      { type: "DoubtSettled", step: "wide/1-deploy", done: false, how: "looked" },
      "doubt about wide/1-deploy is settled: it was not done (looked)",
    ],
    [
      {
        type: "RollbackDecided",
        reason: "errors",
        automatic: true,
        steps: [],
        bound: 120_000,
        badSince: null,
      },
      "rollback decided by itself, at most 2 min: errors",
    ],
    [
      { type: "ReleaseEnded", how: "stable", reason: "all phases have passed" },
      "ended stable: all phases have passed",
    ],
  ];
  for (const [event, line] of told) assert.equal(logLine(event), line);
});
