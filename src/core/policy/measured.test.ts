import assert from "node:assert/strict";
import { test } from "node:test";
import { measuredIn } from "./measured.ts";
import { type PolicyText, policyShape } from "./policy.ts";

const measured = (more: Partial<PolicyText>, shift: object = {}) =>
  measuredIn(
    policyShape.parse({
      ...{ holdpoint: 1, system: "Sample", roles: { lead: ["lead@example.test"] } },
      environments: { staging: { local: {} }, production: { local: {} } },
      phases: {
        test: { environment: "staging", steps: [{ deploy: {} }] },
        go: { environment: "production", steps: [{ shift: { weights: ["5 %"], ...shift } }] },
      },
      types: { patch: { bumps: ["patch"], phases: ["test", "go"] } },
      rollback: { target: "5 min" },
      ...more,
    }),
  );

test("an environment is measured where a gate asks for its budgets, a budget holds, or the traffic sets lengths", () => {
  assert.deepEqual(measured({}), []);
  const gates = { left: { budget: { environment: "staging" } } };
  assert.deepEqual(measured({ gates }), ["staging"]);
  const rollback = { target: "5 min", on: { budget: {} } };
  assert.deepEqual(measured({ rollback }), ["production"]);
  assert.deepEqual(measured({ gates }, { finds: { errors: "1 %" } }), ["production", "staging"]);
});
