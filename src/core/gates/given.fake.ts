// For tests: what a gate is told of its release, and what is known of its question.
import type { GateContext, Known } from "./gate.ts";

export const context: GateContext = {
  roles: {
    lead: ["lead@example.test", "both@example.test"],
    qa: ["qa@example.test", "both@example.test"],
  },
  calendar: { windows: {}, freezes: {} },
  objectives: {
    errors: { measure: "error-rate", most: 100 },
    speed: { measure: "p95", most: 300 },
  },
  authors: ["author@example.test"],
  requester: "requester@example.test",
  type: "patch",
  deputies: {},
  absences: [],
  zone: "UTC",
  zero: 0,
  cadence: [],
  yields: [],
  work: 0,
};

export function known(more: Partial<Known> = {}): Known {
  return { now: 0, approvals: [], ticks: [], passed: {}, ...more };
}
