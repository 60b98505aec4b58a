import assert from "node:assert/strict";
import { test } from "node:test";
import { policyShape } from "./policy.ts";

const policy = {
  holdpoint: 1,
  system: "Sample",
  roles: { lead: ["Lead@Example.TEST"] },
  phases: { build: {}, ship: {} },
  types: { patch: { bumps: ["patch"], phases: ["build", "ship"] } },
  rollback: { target: "5 min" },
};

test("people are known in lower case, so that an author cannot approve under another spelling", () => {
  assert.deepEqual(policyShape.parse(policy).roles, { lead: ["lead@example.test"] });
});
