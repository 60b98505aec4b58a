// A release in the middle of its way, for tests of what people see.
import type { StatusReport } from "#core/reports/status.ts";

const NOW = 1_795_000_000_000;

export function sampleReport(change: Partial<StatusReport> = {}): StatusReport {
  return {
    release: "shop-1.4.0",
    system: "Shop",
    type: "minor",
    version: "1.4.0",
    status: "held",
    phase: "wide",
    plannedAt: NOW,
    updatedAt: NOW,
    ended: false,
    tag: "v1.4.0",
    commit: "c".repeat(40),
    components: [],
    previous: "1.3.9",
    bundle: {
      commit: "1".repeat(64),
      artifacts: "2".repeat(64),
      configuration: "3".repeat(64),
      migrations: "4".repeat(64),
      policy: "5".repeat(64),
    },
    at: NOW,
    requester: "lead@example.test",
    why: "",
    wakeAt: null,
    asked: [],
    phases: [],
    holds: [],
    ahead: [],
    traffic: null,
    alerts: [],
    unticked: [],
    rollback: {
      target: 300_000,
      bound: 0,
      steps: [],
      noReturn: null,
      decidedAt: null,
      took: {},
      late: false,
      frozen: null,
      reason: null,
    },
    withdrawal: null,
    pause: null,
    debts: [],
    duties: { when: "before", roles: [] },
    earliest: null,
    end: null,
    ...change,
  };
}
