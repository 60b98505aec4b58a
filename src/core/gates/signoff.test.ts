import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { context, known } from "./given.fake.ts";
import { mayApprove, signoff } from "./signoff.ts";

type Given = readonly (readonly [role: string, by: string])[];
const approvals = (given: Given) =>
  known({ approvals: given.map(([role, by]) => ({ role, by: `${by}@example.test`, at: 0 })) });
const config = signoff.shape.parse({ roles: { lead: 1, qa: 1 } });
const judged = (given: Given, more = {}) =>
  signoff.judge({ ...config, ...more }, approvals(given), context);

test("it passes with a quorum of each role, and names who approved", () => {
  const verdict = judged([
    ["lead", "lead"],
    ["qa", "qa"],
  ]);
  assert.equal(verdict.verdict, "pass");
  assert.equal(verdict.reason, "approved by lead@example.test (lead), qa@example.test (qa)");
  assert.deepEqual(verdict.evidence, { lead: 1, qa: 1 });
});

test("it is pending while a role is short, and says who may still approve", () => {
  const verdict = judged([["lead", "lead"]]);
  assert.deepEqual(
    [verdict.verdict, verdict.reason, verdict.lift],
    ["pending", "1 more of qa", ["qa approves (qa@example.test, both@example.test)"]],
  );
});

test("one person fills one seat, unless the policy says otherwise", () => {
  const given: Given = [
    ["lead", "both"],
    ["qa", "both"],
  ];
  assert.equal(judged(given).verdict, "pending");
  assert.equal(judged(given, { distinct: false }).verdict, "pass");
});

test("a person of two roles is seated where the quorum needs them, whatever the order of the approvals", () => {
  const orders: readonly Given[] = [
    [
      ["lead", "both"],
      ["qa", "both"],
      ["lead", "lead"],
    ],
    [
      ["qa", "both"],
      ["lead", "both"],
      ["qa", "qa"],
    ],
    [
      ["lead", "lead"],
      ["lead", "both"],
      ["qa", "both"],
    ],
  ];
  for (const given of orders) assert.equal(judged(given).verdict, "pass", JSON.stringify(given));
});

test("who wrote the release does not count; who asked for it does not where the policy says so", () => {
  const roles = { lead: ["author@example.test", "requester@example.test"] };
  const one = signoff.shape.parse({ roles: { lead: 1 } });
  const here = { ...context, roles };
  assert.match(
    mayApprove(one, { role: "lead", by: "author@example.test", at: 0 }, here) ?? "",
    /wrote part/,
  );
  assert.equal(mayApprove(one, { role: "lead", by: "requester@example.test", at: 0 }, here), null);
  const strict = { ...one, not: ["requester" as const] };
  assert.match(
    mayApprove(strict, { role: "lead", by: "requester@example.test", at: 0 }, here) ?? "",
    /asked for/,
  );
  assert.equal(signoff.judge(one, approvals([["lead", "author"]]), here).verdict, "pending");
});

test("an approval for a role that is not asked, or by someone outside it, does not count", () => {
  assert.match(
    mayApprove(config, { role: "ops", by: "lead@example.test", at: 0 }, context) ?? "",
    /not asked here/,
  );
  assert.match(
    mayApprove(config, { role: "constructor", by: "lead@example.test", at: 0 }, context) ?? "",
    /not asked here/,
  );
  assert.match(
    mayApprove(config, { role: "qa", by: "lead@example.test", at: 0 }, context) ?? "",
    /not in role qa/,
  );
});

const people = ["a", "b", "c", "d"] as const;
const edges = fc.uniqueArray(
  fc.tuple(fc.constantFrom("lead", "qa", "ops"), fc.constantFrom(...people)),
  {
    selector: ([role, by]) => `${role} ${by}`,
  },
);

test("it passes exactly when some seating fills every seat: the matching agrees with trying them all", () => {
  const seats = fc.record({
    lead: fc.integer({ min: 1, max: 2 }),
    qa: fc.integer({ min: 1, max: 2 }),
  });
  const roster = people.map((by) => `${by}@example.test`);
  const here = { ...context, roles: { lead: roster, qa: roster, ops: roster }, authors: [] };
  fc.assert(
    fc.property(edges, seats, (given, roles) => {
      const wanted = Object.entries(roles).flatMap(([role, count]) =>
        Array.from({ length: count }, () => role),
      );
      const verdict = signoff.judge({ ...config, roles }, approvals(given), here).verdict;
      assert.equal(verdict === "pass", canFill(wanted, given));
    }),
    { numRuns: 500 },
  );
});

function canFill([role, ...rest]: readonly string[], given: Given): boolean {
  if (role === undefined) return true;
  return given.some(
    ([as, by]) =>
      as === role &&
      canFill(
        rest,
        given.filter(([, other]) => other !== by),
      ),
  );
}
