import assert from "node:assert/strict";
import { test } from "node:test";
import type { Rehearsal } from "#app/rehearse.ts";
import type { PlanReport } from "#core/reports/plan.ts";
import { comparedPair, countOutcomes, sayVersion } from "./policies.ts";
import { phasesOf } from "./story.ts";

const plan = {
  phases: [
    {
      ...{ name: "go", environment: null, opensAt: null, bound: 0, steps: [] },
      gates: [
        { name: "yes", kind: "signoff", owner: null },
        { name: "fast", kind: "check", owner: "lead" },
        { name: "never", kind: "signoff", owner: null },
      ],
    },
    {
      ...{ name: "wide", environment: "production", opensAt: null, bound: 9, gates: [] },
      steps: ["deploy", "promote"],
    },
  ],
  rollback: { target: 1, bound: 1, noReturn: "wide/2-promote: the old one is stopped" },
} as unknown as PlanReport;

const hold = { level: "hold", reason: "", lift: [] };
const lived = {
  phases: [
    {
      ...{
        name: "go",
        environment: null,
        openedAt: 100,
        releasedAt: 900,
        passedAt: 900,
        steps: [],
      },
      holds: [
        { ...hold, gate: "yes", since: 100, until: 800, lift: ["lead approves"] },
        { ...hold, gate: "fast", since: 100, until: 150 },
        { ...hold, gate: "never", since: 100, until: null },
      ],
    },
    {
      ...{
        name: "wide",
        environment: "production",
        openedAt: 900,
        releasedAt: 900,
        passedAt: null,
      },
      ...{ holds: [], steps: [{ step: "1-deploy", since: 900, until: 1000, failed: null }] },
    },
  ],
} as unknown as Rehearsal;

test("a plan's phases stand there before their rehearsal, with the point of no return", () => {
  const [go, wide] = phasesOf(plan, null);
  assert.deepEqual([go?.openedAt, go?.gates[0]?.held], [null, null]);
  assert.deepEqual(wide?.steps, [
    { kind: "deploy", took: null, noReturn: null },
    { kind: "promote", took: null, noReturn: "the old one is stopped" },
  ]);
});

test("a rehearsal tells how long each gate would hold that somebody must lift, and what never passes", () => {
  const [go, wide] = phasesOf(plan, lived);
  assert.deepEqual(
    go?.gates.map(({ name, held, forGood, lift }) => [name, held, forGood, lift.length]),
    [
      ["yes", 700, false, 1],
      ["fast", null, false, 0],
      ["never", null, true, 0],
    ],
  );
  assert.deepEqual([wide?.openedAt, wide?.passedAt, wide?.steps[0]?.took], [900, null, 100]);
});

test("the latest policy is compared with the one before it, unless others are chosen that there are", () => {
  const version = { first: 0, last: 0, releases: 1, release: "shop-2", commit: "c" };
  const versions = ["new", "old", "older"].map((digest) => ({ ...version, digest }));
  assert.deepEqual(comparedPair(versions, null), { was: "old", is: "new" });
  const chosen = { was: "older", is: "old" };
  assert.equal(comparedPair(versions, chosen), chosen);
  assert.deepEqual(comparedPair(versions, { was: "gone", is: "new" }), { was: "old", is: "new" });
  assert.equal(comparedPair(versions.slice(1, 2), null), null);
  assert.equal(sayVersion({ ...version, digest: "d".repeat(64) }), "dddddddddddd, shop-2");
  const many = { ...version, digest: "d".repeat(64), releases: 3 };
  assert.match(sayVersion(many), /3 releases, the latest shop-2$/);
});

test("outcomes are counted in their order, and those that nothing had are left out", () => {
  const one = { release: "r", type: "patch", version: "1", by: null, because: [] };
  const of = (outcome: "same" | "blocked") => ({ ...one, outcome });
  assert.equal(countOutcomes([of("blocked"), of("same"), of("same")]), "2 same, 1 blocked");
});
