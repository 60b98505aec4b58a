// MortgageMatch Pro: releases that go out, on the days that the document gives them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { DAY, HOUR, MINUTE, SECOND } from "#core/base/time.ts";
import type { Evidence } from "#core/gates/gate.ts";
import { bundleOf, clock, live, planned, policyOf } from "./day.ts";

const policy = await policyOf("mortgagematch-pro");
const at = clock(policy.zone);
const good = (type: string, from: string) =>
  live({ plan: planned(policy, { type, at: at(from), plannedAt: at(from) }), from: at(from) });

test("MM-02 MM-28: a patch that is planned on Monday goes out on Tuesday at ten", () => {
  const day = good("patch", "2026-02-02T09:00");
  assert.equal(day.end, "stable");
  assert.deepEqual(day.refusals, []);
  assert.deepEqual(day.phases, [
    ...["checks", "preview", "patch-day", "ready-on-tuesday", "production", "watch", "finish"],
  ]);
  assert.ok(day.opened("patch-day") < at("2026-02-02T09:05"), "all that can be done is done early");
  assert.equal(day.released("patch-day"), at("2026-02-03T10:00"));
  assert.equal(day.opened("production"), day.released("ready-on-tuesday"));
  assert.ok(day.endedAt < at("2026-02-03T11:00"));
});

test("MM-28: a patch that is ready while its Tuesday's window is open waits for nothing", () => {
  const day = good("patch", "2026-02-03T15:30");
  assert.ok(day.released("patch-day") - day.opened("patch-day") < SECOND);
  assert.ok(day.opened("production") < at("2026-02-03T15:40"));
});

test("MM-28: a patch that misses its Tuesday by a minute waits for the next", () => {
  const day = good("patch", "2026-02-03T15:59");
  assert.equal(day.released("patch-day"), at("2026-02-10T10:00"));
});

test("MM-28: windows keep their local hour when the clocks are changed", () => {
  const [winter, summer] = [good("patch", "2026-03-02T12:00"), good("patch", "2026-03-09T12:00")];
  const apart = summer.released("patch-day") - winter.released("patch-day");
  assert.equal(apart, 7 * DAY - HOUR);
  assert.equal(summer.released("patch-day"), at("2026-03-10T10:00"));
});

test("MM-01 MM-07 MM-08 MM-30: nothing is built anywhere before two reviewers and every check said yes", () => {
  const day = good("patch", "2026-02-02T09:00");
  const checks = policy.phases["checks"]?.gates ?? [];
  assert.equal(checks.length, 8);
  const passed = day.all("GateJudged").filter(({ event }) => event.verdict === "pass");
  for (const gate of checks) {
    const pass = passed.find(({ event }) => event.gate === `checks/${gate}`);
    assert.ok(pass !== undefined && pass.at <= day.began("preview/1-migrate"), gate);
  }
  assert.deepEqual(day.lifters("reviewed"), [
    "reviewer1@example.test as reviewer",
    "reviewer2@example.test as reviewer",
  ]);
});

const BAD: readonly (readonly [gate: string, facts: Evidence])[] = [
  ["tests", { exit: 0, tests: 120, failures: 1, errors: 0 }],
  ["tests", { exit: 0, tests: 0, failures: 0, errors: 0 }],
  ["security-scan", { exit: 0, critical: 0, high: 1 }],
  ["bundle-size", { exit: 1 }],
  ["performance", { exit: 1 }],
  ["migrations-valid", { exit: 1 }],
];
for (const [gate, answer] of BAD) {
  test(`MM-05 MM-08 MM-30: ${gate} holds the release at ${JSON.stringify(answer)}`, () => {
    const answers = { [`checks/${gate}/`]: { outcome: "done", facts: answer } } as const;
    const from = at("2026-02-02T09:00");
    const plan = planned(policy, { type: "patch", at: from });
    const day = live({ plan, from, faults: { answers } });
    assert.deepEqual(day.phases, ["checks"]);
    assert.equal(day.release.gates[`checks/${gate}`]?.judged.verdict, "fail");
  });
}

test("MM-03 MM-04: it is deployed and tested in preview, and goes on only by the hand of a lead", () => {
  const day = good("patch", "2026-02-02T09:00");
  assert.deepEqual(
    day.steps.slice(0, 4),
    ["1-migrate", "2-deploy", "3-smoke", "4-promote"].map((step) => `preview/${step}`),
  );
  assert.deepEqual(day.lifters("promoted-by-hand"), ["lead@example.test as engineering-lead"]);
  const from = at("2026-02-02T09:00");
  const absent = ["lead@example.test", "deputy@example.test"];
  const plan = planned(policy, { type: "patch", at: from });
  const alone = live({ plan, from, faults: { absent } });
  assert.equal(alone.phases.at(-1), "patch-day");
});

test("MM-06 MM-11 MM-31: the new version stands beside the old one, takes the traffic bit by bit, and is watched", () => {
  const day = good("patch", "2026-02-02T09:00");
  assert.deepEqual(day.weights, [500, 2500, 5000, 10_000]);
  const weighed = day.asked.filter(({ wanted }) => wanted.ask === "weigh").map((one) => one.at);
  const soaks = weighed.slice(1).map((moment, index) => moment - (weighed[index] ?? 0));
  assert.deepEqual(soaks, [2 * MINUTE + 100, 2 * MINUTE + 100, 2 * MINUTE + 100]);
  assert.ok(day.began("production/3-deploy") < day.began("production/6-shift"));
  const watched = day.opened("finish") - day.opened("watch");
  assert.equal(watched, 30 * MINUTE);
  assert.ok(day.began("finish/1-promote") >= day.opened("finish"), "the old version is kept ready");
  assert.deepEqual(day.lifters("users-served"), ["oncall1@example.test"]);
  const looks = day.all("TrafficLooked").map((look) => look.at);
  const pauses = looks.slice(1).map((look, index) => look - (looks[index] ?? 0));
  assert.ok(Math.max(...pauses) <= 5 * SECOND + 100, "it is looked at every 5 s");
});

test("MM-10 MM-20 MM-22 MM-27: people are told of plan, start, holds and end, stakeholders by their own channel", () => {
  const day = good("patch", "2026-02-02T09:00");
  assert.deepEqual(day.told, [
    "planned -> team",
    "held -> team",
    "started -> team",
    "started -> terminal",
    "held -> team",
    "held -> team",
    "announce -> stakeholders",
    "stable -> team",
    "stable -> terminal",
  ]);
  assert.deepEqual(day.tags, ["v1.4.1"]);
  assert.ok(day.began("finish/1-promote") < day.began("finish/2-tag"), "what is tagged serves");
  const stable = day.sent.find(({ moment }) => moment === "stable");
  assert.equal(stable?.facts["features"], "- a rate calculator");
  assert.equal(stable?.facts["fixes"], "- the sum is right again");
});

test("MM-28: a minor goes out on every second Friday at ten", () => {
  const day = good("minor", "2026-01-19T09:00");
  assert.equal(day.end, "stable");
  assert.equal(day.released("minor-day"), at("2026-01-23T10:00"));
  const next = good("minor", "2026-02-09T09:00");
  assert.equal(next.released("minor-day"), at("2026-02-20T10:00"), "not on the 13th");
});

test("MM-28: a minor whose Friday is the first of the month gives way to the major, and waits two weeks", () => {
  const day = good("minor", "2026-02-02T09:00");
  assert.equal(day.released("minor-day"), at("2026-02-20T10:00"));
  const [verdict] = day
    .all("GateJudged")
    .filter(({ event }) => event.gate === "minor-day/on-a-minor-friday");
  assert.equal(verdict?.event.verdict, "pending");
  assert.match(verdict?.event.reason ?? "", /next opening is Fri 2026-02-20 10:00/);
});

test("MM-24 MM-11: a minor needs its documents from the product owner before it is deployed anywhere", () => {
  const day = good("minor", "2026-01-19T09:00");
  assert.deepEqual(day.lifters("documents-ready"), ["product@example.test"]);
  assert.deepEqual(day.lifters("artifacts-there"), ["lead@example.test"]);
  assert.ok(day.released("documents") <= day.began("preview/1-migrate"));
});

test("MM-24: a minor whose notes lack what its type requires is held before preview", () => {
  const from = at("2026-01-19T09:00");
  const plan = planned(policy, { type: "minor", at: from });
  const facts = { asked: 1, missing: 1, names: "Known issues" };
  const answers = { "documents/notes-complete": { outcome: "done", facts } as const };
  const day = live({ plan, from, faults: { answers }, horizon: 2 * DAY });
  assert.equal(day.phases.at(-1), "documents");
  const { reason } = day.release.gates["documents/notes-complete"]?.judged ?? {};
  assert.equal(reason, "1 of 1 documents are missing or empty: Known issues");
});

test("MM-18: without the label of its pull request a major is not backfilled", () => {
  const from = at("2026-01-28T09:00");
  const plan = planned(policy, { type: "major", at: from });
  const answers = {
    "backfill/backfill-labelled": { outcome: "failed", reason: "no label" } as const,
  };
  const day = live({ plan, from, faults: { answers }, horizon: 20 * DAY });
  assert.equal(day.phases.at(-1), "backfill");
  assert.ok(
    !day.asked.some(
      ({ wanted }) => wanted.ask === "command" && wanted.argv.join(" ") === "npm run backfill",
    ),
  );
});

test("MM-23 MM-10: artifacts are agreed in four parts, and a part that is missing holds", () => {
  const from = at("2026-01-19T09:00");
  const plan = planned(policy, { type: "minor", at: from });
  const absent = [...(policy.roles["engineering-lead"] ?? [])];
  const says = (item: string) =>
    ({ ask: "tick", by: "lead@example.test", gate: "artifacts-there", item }) as const;
  const parts = ["environment-matrix", "schema-hash", "build-sha"];
  const acts = parts.map((item) => ({ at: from + HOUR, say: says(item) }));
  const day = live({ plan, from, faults: { absent }, acts });
  assert.deepEqual(day.refusals, []);
  assert.equal(day.phases.at(-1), "documents");
  const { reason } = day.release.gates["documents/artifacts-there"]?.judged ?? {};
  assert.equal(reason, "1 of 4 items are open: bundle-report");
});

test("MM-28 MM-02: a major goes out on the first Friday of the month, agreed by three roles", () => {
  const day = good("major", "2026-01-28T09:00");
  assert.equal(day.end, "stable");
  assert.equal(day.released("major-day"), at("2026-02-06T10:00"));
  assert.deepEqual(day.lifters("major-agreed"), [
    "lead@example.test as engineering-lead",
    "product@example.test as product-owner",
    "stakeholder1@example.test as stakeholder",
  ]);
});

test("MM-28: a major that missed the first Friday waits for that of the next month", () => {
  const day = good("major", "2026-02-06T16:00");
  assert.equal(day.released("major-day"), at("2026-03-06T10:00"));
});

test("MM-17 MM-18: a major expands before it is deployed, fills next, and contracts last, each part checked", () => {
  const day = good("major", "2026-01-28T09:00");
  const order = ["production/2-migrate", "production/3-deploy", "production/6-shift"];
  const later = ["backfill/1-migrate", "watch/1-watch", "finish/1-promote", "contract/1-migrate"];
  const began = [...order, ...later].map((step) => day.began(step));
  assert.deepEqual(
    began,
    began.toSorted((a, b) => a - b),
  );
  assert.deepEqual(day.commands("production/2-migrate"), [
    "npm run migrate:drift",
    "npx prisma migrate deploy",
    "npm run migrate:verify",
  ]);
  assert.deepEqual(day.commands("contract/1-migrate"), [
    "npm run migrate:contract",
    "npm run migrate:verify",
  ]);
  assert.deepEqual(day.lifters("backfill-agreed"), ["lead@example.test"]);
});

test("MM-19: a backfill that fails is tried again after 1, 2, 4 and 8 s, and the release goes on", () => {
  const plan = planned(policy, { type: "major", at: at("2026-02-06T09:00") });
  const lost = { outcome: "failed", reason: "the batch was cut off" } as const;
  const answers = Object.fromEntries(
    [1, 2, 3, 4].map((attempt) => [`backfill/1-migrate/${attempt}/`, lost]),
  );
  const day = live({ plan, from: at("2026-02-06T09:00"), faults: { answers } });
  assert.equal(day.end, "stable");
  const failed = day.all("StepFailed").map((one) => one.at);
  const starts = day.all("StepStarted").filter(({ event }) => event.step === "backfill/1-migrate");
  const pauses = starts.slice(1).map((start, index) => start.at - (failed[index] ?? 0));
  assert.deepEqual(
    pauses,
    [1, 2, 4, 8].map((seconds) => seconds * SECOND),
  );
});

test("MM-26: a hotfix needs no day, no documents and no promise kept, but two who agree; it goes out at night", () => {
  const from = at("2026-12-26T03:00");
  const plan = planned(policy, { type: "hotfix", at: from, incident: "INC-7" });
  const incident = { of: "stable", errors: 0.3 } as const;
  const day = live({ plan, from, faults: { troubles: [incident] } });
  assert.equal(day.end, "stable");
  assert.deepEqual(day.phases, ["emergency", "preview", "production", "watch", "finish"]);
  assert.deepEqual(day.lifters("emergency-agreed"), [
    "oncall1@example.test as on-call",
    "lead@example.test as engineering-lead",
  ]);
  assert.ok(day.opened("watch") - from < 20 * MINUTE, "it serves everyone within 20 min");
  assert.equal(day.sent[0]?.facts["incident"], "INC-7");
  assert.deepEqual(policy.types["hotfix"]?.needs, ["incident"]);
});

test("MM-05 MM-21: while an incident breaks the objectives a patch is held, which a hotfix is not", () => {
  const from = at("2026-02-03T10:30");
  const incident = { of: "stable", errors: 0.3 } as const;
  const plan = planned(policy, { type: "patch", at: from });
  const day = live({ plan, from, faults: { troubles: [incident] }, horizon: DAY });
  assert.ok(!day.phases.includes("production"));
  const { reason } = day.release.gates["ready-on-tuesday/objectives-kept"]?.judged ?? {};
  assert.match(reason ?? "", /api-success: error-rate is 30 %, at most 0.1 % is allowed/);
});

test("MM-25: the bundle holds commit and migrations, and the journal every answer they were given", () => {
  const day = good("patch", "2026-02-02T09:00");
  const [first] = day.happened;
  assert.ok(first?.event.type === "ReleasePlanned");
  assert.deepEqual(first.event.plan.bundle, bundleOf());
  const approvals = day.release.gates["checks/reviewed"]?.approvals ?? [];
  assert.ok(approvals.length === 2 && approvals.every(({ bundle }) => bundle === day.plan.bundle));
});
