import assert from "node:assert/strict";
import { test } from "node:test";
import { context, known } from "./given.fake.ts";
import { inForce } from "./in-force.ts";

const SIGNED = [{ by: "lead@example.test", as: "lead" }];
const of = { effective: "2026-01-19", review: "2026-04-19", approvers: ["lead"], signed: SIGNED };
const judged = (at: string, more: Partial<typeof of> | null = {}) =>
  inForce.judge({}, known({ now: Date.parse(at) }), {
    ...context,
    zone: "America/New_York",
    document: more === null ? undefined : { ...of, ...more },
  });

test("it passes from the effective day to the end of the review day, both in the policy's zone", () => {
  assert.equal(judged("2026-01-19T04:59Z").verdict, "pending");
  assert.equal(judged("2026-01-19T05:00Z").verdict, "pass");
  assert.equal(judged("2026-04-20T03:59Z").verdict, "pass");
  assert.equal(judged("2026-04-20T04:00Z").verdict, "fail");
});

test("every approver must have signed, as someone of that role", () => {
  assert.match(
    judged("2026-02-01T00:00Z", { approvers: ["lead", "qa"] }).reason,
    /not signed by qa/,
  );
  const stranger = [{ by: "qa@example.test", as: "lead" }];
  assert.equal(judged("2026-02-01T00:00Z", { signed: stranger }).verdict, "fail");
});

test("a policy without a document does not pass", () => {
  assert.equal(judged("2026-02-01T00:00Z", null).verdict, "fail");
});
