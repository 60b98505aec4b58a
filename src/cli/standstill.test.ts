import assert from "node:assert/strict";
import { test } from "node:test";
import { MINUTE } from "#core/base/time.ts";
import type { StatusReport } from "#core/reports/status.ts";
import { EXIT } from "./exit-codes.ts";
import { sampleReport } from "./report.sample.ts";
import { exitOf, PATIENCE, standstill } from "./standstill.ts";

const NOW = sampleReport().updatedAt;

test("while anything is asked of the world outside, a release moves, whatever it looks like", () => {
  for (const status of ["held", "stopped", "in-doubt", "stable"] as const) {
    assert.equal(standstill(sampleReport({ status, asked: ["command"] }), NOW), null);
  }
});

test("a clock that is near is waited for, one far away is not", () => {
  const at = (wakeAt: number) => standstill(sampleReport({ status: "waiting", wakeAt }), NOW);
  assert.equal(at(NOW + PATIENCE), null);
  assert.equal(at(NOW + PATIENCE + MINUTE), "held");
});

test("people are not waited for in the foreground", () => {
  assert.equal(standstill(sampleReport({ status: "held" }), NOW), "held");
  assert.equal(standstill(sampleReport({ status: "stopped" }), NOW), "stopped");
  assert.equal(standstill(sampleReport({ status: "in-doubt" }), NOW), "in-doubt");
  const wakeAt = NOW + MINUTE;
  assert.equal(standstill(sampleReport({ status: "stopped", wakeAt }), NOW), "stopped");
  assert.equal(standstill(sampleReport({ status: "in-doubt", wakeAt }), NOW), "in-doubt");
});

test("work that waits for its own time goes on, as a rollback does", () => {
  assert.equal(standstill(sampleReport({ status: "working" }), NOW), null);
  assert.equal(standstill(sampleReport({ status: "rolling-back" }), NOW), null);
});

test("every status has its exit code: only stable is a success", () => {
  const codes: Record<StatusReport["status"], number> = {
    waiting: EXIT.held,
    held: EXIT.held,
    working: EXIT.held,
    paused: EXIT.held,
    "rolling-back": EXIT.held,
    "in-doubt": EXIT.doubt,
    stopped: EXIT.failed,
    withdrawing: EXIT.held,
    withdrawn: EXIT.ok,
    "rolled-back": EXIT.failed,
    aborted: EXIT.failed,
    stable: EXIT.ok,
  };
  for (const [status, exit] of Object.entries(codes)) {
    assert.equal(exitOf({ status: status as StatusReport["status"] }), exit, status);
  }
});
