import assert from "node:assert/strict";
import { test } from "node:test";
import type { PolicyText } from "../policy/policy.ts";
import { bundleOf, FULL, LEAD, planFrom, story } from "../release/given.fake.ts";
import { approvalsOf } from "./approvals.ts";

const TEXT: PolicyText = {
  ...FULL,
  gates: {
    all: { signoff: { roles: { lead: 1, qa: 1 } } },
    schema: { signoff: { roles: { lead: 1, qa: 1 } }, covers: ["migrations"] },
  },
  phases: { only: { gates: ["all", "schema"], steps: [{ tag: {} }] } },
  types: { patch: { bumps: ["patch"], phases: ["only"] } },
};

test("an approval tells what has changed since, and whether it still stands", () => {
  const told = story(planFrom(TEXT));
  assert.ok(told.ask({ ask: "approve", by: LEAD, gate: "all" }).ok);
  assert.ok(told.ask({ ask: "approve", by: LEAD, gate: "schema" }).ok);
  const before = approvalsOf(told.happened());
  assert.deepEqual(
    before.map(({ gate, changed, voidBecause }) => ({ gate, changed, voidBecause })),
    [
      { gate: "only/all", changed: [], voidBecause: null },
      { gate: "only/schema", changed: [], voidBecause: null },
    ],
  );
  const bundle = bundleOf({ commit: "another" });
  assert.ok(told.ask({ ask: "revise", by: LEAD, plan: planFrom(TEXT, { bundle }) }).ok);
  const [all, schema] = approvalsOf(told.happened());
  assert.deepEqual(all?.voidBecause, ["commit"]);
  assert.equal(schema?.voidBecause, null, "it is for the migrations alone");
  const changed = { part: "commit", was: planFrom(TEXT).bundle.commit, is: bundle.commit };
  assert.deepEqual(all?.changed, [changed]);
  assert.deepEqual(schema?.changed, [changed]);
  assert.deepEqual(schema?.covers, ["migrations"]);
  assert.ok(told.ask({ ask: "approve", by: LEAD, gate: "all" }).ok);
  const anew = approvalsOf(told.happened()).at(-1);
  assert.deepEqual([anew?.voidBecause, anew?.changed], [null, []]);
});

test("a release that nobody has approved has no approvals to tell of", () => {
  assert.deepEqual(approvalsOf(story(planFrom(TEXT)).happened()), []);
  assert.deepEqual(approvalsOf([]), []);
});
