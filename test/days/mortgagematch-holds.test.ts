// MortgageMatch Pro: releases that are held, what is said of it, and who may lift what.
import assert from "node:assert/strict";
import { test } from "node:test";
import { DAY, HOUR, MINUTE } from "#core/base/time.ts";
import { statusReport } from "#core/reports/status.ts";
import { type Act, bundleOf, clock, live, planned, policyOf } from "./day.ts";

const policy = await policyOf("mortgagematch-pro");
const at = clock(policy.zone);
const monday = at("2026-02-02T09:00");
const patch = planned(policy, { type: "patch", at: monday, plannedAt: monday });

test("MM-04 MM-28: a held release says of each hold why, who can lift it and when the clock does", () => {
  const absent = ["lead@example.test", "deputy@example.test"];
  const { release } = live({ plan: patch, from: monday, faults: { absent }, horizon: HOUR });
  const { holds, why, wakeAt, status } = statusReport(release, monday + HOUR);
  assert.equal(status, "held");
  assert.deepEqual(
    holds.map(({ name, lift }) => [name, lift]),
    [
      ["on-a-tuesday", ["the clock, at Tue 2026-02-03 10:00 America/New_York"]],
      ["promoted-by-hand", ["engineering-lead approves (lead@example.test, deputy@example.test)"]],
    ],
  );
  assert.match(why, /^on-a-tuesday: window "patch-tuesday" is shut; .*promoted-by-hand: 1 more of/);
  assert.equal(wakeAt, at("2026-02-03T10:00"));
});

test("MM-28: the year's end holds a patch that Tuesday would let go, and says the freeze's reason", () => {
  const from = at("2026-12-21T12:00");
  const plan = planned(policy, { type: "patch", at: from });
  const { release } = live({ plan, from, horizon: HOUR });
  const [hold] = statusReport(release, from + HOUR).holds;
  assert.match(hold?.reason ?? "", /window "patch-tuesday" is shut|mortgages close/);
  const day = live({ plan, from });
  assert.equal(day.released("patch-day"), at("2027-01-05T10:00"));
});

test("MM-07: who wrote part of it cannot review it, though a reviewer; two others can", () => {
  const plan = planned(policy, { type: "patch", at: monday, authors: ["reviewer1@example.test"] });
  const approve = (by: string, gate: string): Act => ({ say: { ask: "approve", by, gate } });
  const acts = [
    approve("reviewer1@example.test", "reviewed"),
    approve("lead@example.test", "reviewed"),
  ];
  const day = live({ plan, from: monday, acts });
  assert.deepEqual(
    day.refusals.map(({ code, sentence }) => [code, sentence]),
    [
      [
        "not-allowed",
        "reviewer1@example.test may not approve reviewed: reviewer1@example.test wrote part of this release.",
      ],
      [
        "not-allowed",
        "lead@example.test may not approve reviewed: lead@example.test is not in role reviewer.",
      ],
    ],
  );
  assert.deepEqual(day.lifters("reviewed"), [
    "reviewer2@example.test as reviewer",
    "reviewer3@example.test as reviewer",
  ]);
});

test("MM-07: one reviewer is not enough, however often", () => {
  const absent = ["reviewer2@example.test", "reviewer3@example.test"];
  const again: Act = {
    at: monday + HOUR,
    say: { ask: "approve", by: "reviewer1@example.test", gate: "reviewed" },
  };
  const day = live({ plan: patch, from: monday, faults: { absent }, acts: [again] });
  assert.deepEqual(day.phases, ["checks"]);
  assert.deepEqual(
    day.refusals.map(({ code }) => code),
    ["approved-already"],
  );
});

const mended = {
  when: ({ gates }: { gates: Readonly<Record<string, { judged: { verdict: string } }>> }) =>
    gates["checks/tests"]?.judged.verdict === "fail",
};
const failing = { "checks/tests/1": { outcome: "done", facts: { exit: 1 } } } as const;

test("MM-08 MM-25 MM-18: a mended commit voids exactly the answers that rest on commits; that on migrations stays", () => {
  const bundle = bundleOf({ commit: "mended" });
  const revised = planned(policy, { type: "patch", at: monday, bundle, commit: "d".repeat(40) });
  const say = { ask: "revise", by: "release@example.test", plan: revised } as const;
  const day = live({
    plan: patch,
    from: monday,
    faults: { answers: failing },
    acts: [{ ...mended, say }],
  });
  assert.deepEqual(day.the("ReleaseRevised").event.changed, ["commit"]);
  const voided = day.all("GateVoided").map(({ event }) => event.gate);
  assert.deepEqual(
    voided.toSorted(),
    ["bundle-size", "lint", "performance", "reviewed", "security-scan", "tests", "types-sound"].map(
      (gate) => `checks/${gate}`,
    ),
  );
  assert.equal(day.commands("checks/migrations-valid").length, 1);
  assert.equal(day.commands("checks/tests").length, 2);
  const [review] = day.all("GateVoided").filter(({ event }) => event.gate === "checks/reviewed");
  assert.equal(review?.event.approvals, 2);
  assert.equal(day.end, "stable");
});

test("MM-18 MM-25: a changed migration voids the review and what was found of migrations, and nothing else", () => {
  const bundle = bundleOf({ migrations: "another column" });
  const revised = planned(policy, { type: "patch", at: monday, bundle });
  const say = { ask: "revise", by: "release@example.test", plan: revised } as const;
  const day = live({
    plan: patch,
    from: monday,
    faults: { answers: failing },
    acts: [{ ...mended, say }],
  });
  assert.deepEqual(
    day.all("GateVoided").map(({ event }) => [event.gate, event.because]),
    [
      ["checks/reviewed", ["migrations"]],
      ["checks/migrations-valid", ["migrations"]],
    ],
  );
  assert.equal(day.release.gates["checks/tests"]?.judged.verdict, "fail");
});

test("MM-05: once it is deployed anywhere it can no longer be revised", () => {
  const revised = planned(policy, {
    type: "patch",
    at: monday,
    bundle: bundleOf({ commit: "late" }),
  });
  const late: Act = {
    at: monday + HOUR,
    say: { ask: "revise", by: "release@example.test", plan: revised },
  };
  const day = live({ plan: patch, from: monday, acts: [late] });
  assert.deepEqual(
    day.refusals.map(({ code }) => code),
    ["work-begun"],
  );
  assert.equal(day.end, "stable");
});

test("MM-30: a lead may waive a check with a reason that is kept; nobody else may", () => {
  const answers = { "checks/bundle-size/": { outcome: "done", facts: { exit: 1 } } } as const;
  const waive = (by: string): Act => ({
    at: monday + HOUR,
    say: { ask: "waive", by, gate: "bundle-size", reason: "a font, agreed with design" },
  });
  const acts = [waive("reviewer1@example.test"), waive("lead@example.test")];
  const day = live({ plan: patch, from: monday, faults: { answers }, acts });
  assert.deepEqual(
    day.refusals.map(({ code }) => code),
    ["not-allowed"],
  );
  const waived = day.the("GateWaived");
  assert.equal(waived.by, "lead@example.test");
  assert.equal(waived.event.reviewBy, waived.at + 2 * DAY);
  assert.equal(day.end, "stable");
});

test("MM-04 MM-06: a second release waits until the first has left production, says for whom, and then goes on", () => {
  const from = at("2026-02-03T10:00");
  const first = live({ plan: planned(policy, { type: "patch", at: from }), from });
  const freed = first.the("EnvironmentFreed").at;
  const plan = planned(policy, { type: "patch", version: "1.4.2", at: from });
  const taken = [{ environment: "production", by: first.plan.release, until: freed }];
  const faults = { taken };
  const waiting = live({ plan, from: from + 5 * MINUTE, faults, horizon: 20 * MINUTE });
  const { holds } = statusReport(waiting.release, waiting.endedAt);
  assert.deepEqual(
    holds.map(({ name, reason, lift }) => [name, reason, lift]),
    [
      [
        "nothing-in-flight",
        "production is taken by release sample-1.4.1",
        ["the release that holds production, by ending"],
      ],
    ],
  );
  const second = live({ plan, from: from + 5 * MINUTE, faults });
  assert.equal(second.end, "stable");
  const waited = second.released("production") - freed;
  assert.ok(waited >= 0 && waited <= 5 * MINUTE, `${waited} ms after it was free`);
});

test("MM-18: drift in production's schema holds a release before anything is done there", () => {
  const answers = {
    "ready-on-tuesday/no-drift/": { outcome: "done", facts: { exit: 2 } },
  } as const;
  const from = at("2026-02-03T10:00");
  const day = live({ plan: patch, from, faults: { answers } });
  assert.equal(day.phases.at(-1), "ready-on-tuesday");
});

test("MM-18 MM-12: drift that comes between is found before the schema is changed, and nothing is exposed", () => {
  const answers = { "production/2-migrate/1/1": { outcome: "done", facts: { exit: 2 } } } as const;
  const day = live({ plan: patch, from: at("2026-02-03T10:00"), faults: { answers } });
  assert.ok(!day.commands("production/2-migrate").includes("npx prisma migrate deploy"));
  assert.deepEqual(day.weights, []);
  assert.equal(day.end, "stopped");
});

test("MM-05 MM-21 MM-28: a patch that broken objectives hold beyond its Tuesday waits for the next one", () => {
  const from = at("2026-02-03T10:00");
  const incident = { of: "stable", errors: 0.3 } as const;
  const lives = (until: string) =>
    live({ plan: patch, from, faults: { troubles: [{ ...incident, until: at(until) }] } });
  const short = lives("2026-02-03T12:00");
  const waited = short.opened("production") - at("2026-02-03T12:00");
  assert.ok(waited > 0 && waited <= 10 * MINUTE, `${waited} ms after it was over`);
  const long = lives("2026-02-03T18:00");
  assert.equal(long.opened("production"), at("2026-02-10T10:00"));
});

test("MM-31: what people see after the shift holds the end: until it is ticked the old version stays ready", () => {
  const absent = ["oncall1@example.test", "oncall2@example.test"];
  const from = at("2026-02-03T10:00");
  const day = live({ plan: patch, from, faults: { absent }, horizon: DAY });
  assert.equal(day.phases.at(-1), "finish");
  assert.ok(!day.steps.includes("finish/1-promote"));
  const { rollback } = statusReport(day.release, day.endedAt);
  assert.deepEqual(rollback.steps, ["shift", "retire", "verify"]);
  assert.equal(rollback.noReturn, null);
});
