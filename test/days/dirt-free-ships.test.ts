// Dirt Free CRM: releases that go out, from the first check to the tag.
import assert from "node:assert/strict";
import { test } from "node:test";
import { DAY, HOUR, MINUTE } from "#core/base/time.ts";
import type { Evidence } from "#core/gates/gate.ts";
import { statusReport } from "#core/reports/status.ts";
import { type Act, clock, live, planned, policyOf } from "./day.ts";
import { says } from "./questions.ts";

const policy = await policyOf("dirt-free-crm");
const at = clock(policy.zone);
const from = at("2026-01-23T09:00");
const standard = planned(policy, { type: "standard", at: at("2026-01-27T10:00"), plannedAt: from });
const good = (type: string, begin: string, zero: string = begin) =>
  live({ plan: planned(policy, { type, at: at(zero), plannedAt: at(begin) }), from: at(begin) });
const day = live({ plan: standard, from });

test("DF-02 DF-15: a standard release walks checks, staging, sign-off, readiness and production, in this order", () => {
  assert.equal(day.end, "stable");
  assert.deepEqual(day.refusals, []);
  assert.deepEqual(day.phases, [
    ...[
      "automated",
      "review",
      "complete",
      "staging",
      "staging-signoff",
      "customers",
      "hour-before",
    ],
    ...["readiness-staging", "readiness", "standard-go", "production", "watching", "finish"],
  ]);
});

test("DF-06 DF-07 DF-08 DF-01 DF-09: every check has passed before staging is touched", () => {
  const checks = [...(policy.phases["automated"]?.gates ?? []), "end-to-end"];
  assert.equal(checks.length, 11);
  const passes = day.all("GateJudged").filter(({ event }) => event.verdict === "pass");
  for (const check of checks) {
    const pass = passes.find(({ event }) => event.gate.endsWith(`/${check}`));
    assert.ok(pass !== undefined && pass.at <= day.began("staging/1-tag"), check);
  }
});

const BAD: readonly (readonly [clause: string, gate: string, facts: Evidence])[] = [
  ["DF-06", "automated/compiles", { exit: 2 }],
  ["DF-06", "automated/lint", { exit: 1 }],
  ["DF-06", "automated/unit-tests", { exit: 0, tests: 10, failures: 1, errors: 0 }],
  ["DF-06", "automated/coverage", { exit: 0, lines: 90 }],
  ["DF-06", "automated/vulnerabilities", { exit: 0, errors: 1 }],
  ["DF-06", "automated/dependencies", { exit: 0, critical: 0, high: 1 }],
  ["DF-07", "automated/builds", { exit: 1 }],
  ["DF-07", "automated/configured", { exit: 1 }],
  ["DF-07", "automated/image-builds", { exit: 1 }],
  ["DF-08", "automated/integration-tests", { exit: 0, tests: 9, failures: 0, errors: 1 }],
  ["DF-09", "complete/end-to-end", { exit: 0, tests: 40, failures: 1, errors: 0 }],
];
for (const [clause, gate, facts] of BAD) {
  test(`${clause}: ${gate} holds the release at ${JSON.stringify(facts)}`, () => {
    const answers = { [`${gate}/`]: { outcome: "done", facts } } as const;
    const held = live({ plan: standard, from, faults: { answers } });
    assert.equal(held.phases.at(-1), gate.split("/")[0]);
    assert.equal(held.release.gates[gate]?.judged.verdict, "fail");
    assert.deepEqual(held.steps, []);
  });
}

test("DF-13: staging is migrated with a dry run and a check of its data, deployed, probed, smoked and announced", () => {
  const steps = day.steps.filter((step) => step.startsWith("staging/"));
  assert.deepEqual(
    steps,
    ["1-tag", "2-migrate", "3-deploy", "4-verify", "5-smoke", "6-promote", "7-announce"].map(
      (step) => `staging/${step}`,
    ),
  );
  assert.deepEqual(day.commands("staging/2-migrate"), [
    "npx tsx scripts/migrate.ts --env STAGING --dry-run",
    "npx tsx scripts/migrate.ts --env STAGING",
    "npm run check:data -- --env STAGING",
  ]);
  const staged = day.sent.find(({ message }) => message === "staged");
  assert.equal(staged?.channel, "releases");
});

test("DF-12: the staging checklist comes in four groups, each with an owner, and each holds by itself", () => {
  const groups = { works: "lead", fast: "ops1", connected: "lead", safe: "lead" };
  for (const [group, who] of Object.entries(groups))
    assert.deepEqual(day.lifters(`staging-${group}`), [`${who}@example.test`], group);
  const absent = [...(policy.roles["operations"] ?? [])];
  const held = live({ plan: standard, from, faults: { absent }, horizon: HOUR });
  const { holds } = statusReport(held.release, from + HOUR);
  assert.deepEqual(
    holds.map(({ name, reason }) => [name, reason]),
    [["staging-fast", "4 of 4 items are open: pages, api, database, machines"]],
  );
  assert.match(holds[0]?.lift[0] ?? "", /^operations \(ops1@example.test, .*\) ticks pages$/);
});

test("DF-14: three roles sign staging, and what one of them withholds holds it", () => {
  assert.deepEqual(
    ["technical", "functional", "accepted"].flatMap((gate) => day.lifters(gate)),
    [
      "lead@example.test as lead-developer",
      "product@example.test as product-owner",
      "stakeholder1@example.test as stakeholder",
    ],
  );
  for (const [role, gate] of [
    ["product-owner", "functional"],
    ["stakeholder", "accepted"],
  ] as const) {
    const absent = [...(policy.roles[role] ?? [])];
    const held = live({ plan: standard, from, faults: { absent }, horizon: HOUR });
    assert.deepEqual(
      statusReport(held.release, from + HOUR).holds.map(({ name }) => name),
      [gate],
    );
  }
});

test("DF-14: a lead developer who wrote part of it cannot sign it; the deputy can", () => {
  const plan = { ...standard, authors: ["lead@example.test"] };
  const self: Act = {
    when: ({ stand }) => stand.at === "phase" && stand.phase === 4 && stand.openedAt !== null,
    say: { ask: "approve", by: "lead@example.test", gate: "technical" },
  };
  const signed = live({ plan, from, acts: [self] });
  assert.match(signed.refusals[0]?.sentence ?? "", /lead@example.test wrote part of this release/);
  assert.deepEqual(signed.lifters("technical"), ["deputy@example.test as lead-developer"]);
});

test("DF-16: the list for the last hour opens at T-1 h, not earlier, and production at T-0", () => {
  assert.ok(day.released("staging-signoff") < at("2026-01-26T10:00"));
  assert.equal(day.opened("hour-before"), at("2026-01-27T09:00"));
  assert.equal(day.opened("standard-go"), at("2026-01-27T10:00"));
  assert.deepEqual(day.lifters("an-hour-before"), ["ops1@example.test"]);
  assert.deepEqual(day.lifters("system-prepared"), ["ops1@example.test"]);
  const waiting = live({ plan: standard, from, horizon: 3 * DAY });
  const { why, status, wakeAt } = statusReport(waiting.release, waiting.endedAt);
  assert.deepEqual([status, why], ["waiting", "phase hour-before opens later"]);
  assert.equal(wakeAt, at("2026-01-27T09:00"));
});

test("DF-16: a list that is not done by T-0 holds the release beyond it", () => {
  const absent = [...(policy.roles["operations"] ?? [])];
  const signed: Act[] = ["pages", "api", "database", "machines"].map((item) => ({
    at: from + HOUR,
    say: { ask: "tick", by: "ops2@example.test", gate: "staging-fast", item },
  }));
  const held = live({ plan: standard, from, faults: { absent }, acts: signed, horizon: 5 * DAY });
  assert.equal(held.phases.at(-1), "hour-before");
});

test("DF-17: staging, production and its monitoring are asked whether they are ready before anything is done", () => {
  const probes = day.asked.flatMap(({ key, wanted }) =>
    wanted.ask === "probe" && key.startsWith("readiness")
      ? [[wanted.environment, wanted.version, wanted.paths.join()]]
      : [],
  );
  assert.deepEqual(probes, [
    ["staging", "stable", "/api/ready"],
    ["production", "stable", "/api/ready"],
  ]);
  assert.deepEqual(day.commands("readiness/2-run"), ["npm run check:monitoring"]);
  const answers = { "readiness/1-smoke": { outcome: "failed", reason: "503" } } as const;
  const ill = live({ plan: standard, from, faults: { answers } });
  assert.equal(ill.end, "stopped");
  assert.deepEqual(ill.weights, []);
});

test("DF-18 DF-19 DF-20: production is backed up, migrated with dry run and status, deployed, shifted, verified and smoked", () => {
  const steps = day.steps.filter((step) => step.startsWith("production/"));
  assert.deepEqual(
    steps.map((step) => step.replace(/^production\/\d-/, "")),
    ["announce", "backup", "migrate", "deploy", "smoke", "shift", "verify", "smoke"],
  );
  assert.deepEqual(day.commands("production/3-migrate"), [
    "npx tsx scripts/migrate.ts --env PROD --dry-run",
    "npx tsx scripts/migrate.ts --env PROD",
    "npx tsx scripts/migrate.ts --env PROD --status",
  ]);
  assert.deepEqual(day.weights, [1000, 5000, 10_000]);
  assert.deepEqual(day.commands("production/8-smoke"), ["npm run smoke -- production"]);
  assert.deepEqual(day.lifters("shipped-by-hand"), ["ops1@example.test as operations"]);
  assert.ok(day.opened("watching") - day.opened("production") < HOUR);
});

test("DF-18: a dry run that fails leaves production's schema and traffic as they were", () => {
  const answers = { "production/3-migrate/1/1": { outcome: "done", facts: { exit: 1 } } } as const;
  const held = live({ plan: standard, from, faults: { answers } });
  assert.ok(
    !held.commands("production/3-migrate").includes("npx tsx scripts/migrate.ts --env PROD"),
  );
  assert.deepEqual(held.weights, []);
});

test("DF-21 DF-22: it is watched for 30 minutes and its list ticked before the old version goes", () => {
  assert.equal(day.opened("finish") - day.opened("watching"), 30 * MINUTE);
  assert.deepEqual(day.lifters("first-two-hours"), ["ops1@example.test"]);
  assert.ok(day.all("ItemTicked").every((tick) => tick.at <= day.began("finish/1-promote")));
});

test("DF-21: every 10 minutes it is reported how it goes, and people tick what they looked at", () => {
  const due = day.all("ReportDue");
  assert.deepEqual(
    due.map(({ at: when }) => when - day.opened("watching")),
    [10 * MINUTE, 20 * MINUTE, 30 * MINUTE],
  );
  assert.match(
    due[0]?.event.said ?? "",
    /^half-hour 1: \d+ requests, 0 % of them failed; uptime 0 % failed, api 100 % within 800 ms; 2 objec/,
  );
  const last = day.all("ReportTicked").filter(({ event }) => event.number === 3);
  assert.deepEqual(
    last.map(({ event }) => event.item),
    ["alerts", "features", "support"],
  );
});

test("DF-31 DF-33 DF-34 DF-35: tags and messages: rc-v in staging, production-v at the end, each audience its channel", () => {
  assert.deepEqual(day.tags, ["rc-v1.4.1", "production-v1.4.1"]);
  const named = day.sent.map(({ channel, message }) => `${message} -> ${channel}`);
  assert.deepEqual(
    named.filter((line) => !/^(?:held|late)/.test(line)),
    [
      "started -> terminal",
      "staged -> releases",
      "planned-maintenance -> customers",
      "maintenance -> status-page",
      "pulse -> releases",
      "pulse -> releases",
      "pulse -> releases",
      "shipped-mail -> stakeholders",
      "shipped -> releases",
      "updated -> status-page",
      "shipped -> terminal",
    ],
  );
  const maintenance = day.sent.find(({ message }) => message === "maintenance");
  assert.equal(maintenance?.at, day.began("production/1-announce"));
  const shipped = day.sent.find(({ message }) => message === "shipped");
  assert.equal(shipped?.at, day.the("ReleaseEnded").at);
  assert.equal(shipped?.facts["features"], "- a rate calculator");
});

test("DF-03 DF-10: a patch needs its critical paths, its assessment and a stakeholder, and goes out in working hours", () => {
  const patch = good("patch", "2026-01-23T16:00");
  assert.equal(patch.end, "stable");
  assert.ok(patch.phases.includes("limited") && !patch.phases.includes("complete"));
  assert.deepEqual(patch.commands("limited/critical-paths"), ["npm run test:critical"]);
  assert.deepEqual(patch.lifters("small-and-safe"), ["lead@example.test"]);
  assert.deepEqual(patch.lifters("patch-agreed"), ["stakeholder1@example.test as stakeholder"]);
  assert.equal(patch.released("patch-go"), at("2026-01-26T09:00"), "not over the weekend");
});

test("DF-05: a major goes out on the quarter's third Tuesday, with a list of its own, and is watched for two hours", () => {
  const major = good("major", "2026-03-02T09:00", "2026-03-17T10:00");
  assert.equal(major.end, "stable");
  assert.equal(major.opened("major-go"), at("2026-03-17T10:00"));
  assert.ok(major.released("major-go") - major.opened("major-go") < MINUTE);
  assert.deepEqual(major.lifters("more-for-a-major"), ["product@example.test"]);
  assert.equal(major.opened("finish") - major.opened("watching-longer"), 2 * HOUR);
  const late = good("major", "2026-03-18T09:00");
  assert.equal(late.released("major-go"), at("2026-06-16T09:00"));
});

const night = at("2026-12-26T02:00");
const hotfix = planned(policy, { type: "hotfix", at: night, plannedAt: night, incident: "INC-12" });

test("DF-04 DF-11 DF-23 DF-24: a hotfix goes out in the holidays at night, agreed by lead, stakeholder and commander", () => {
  const fixed = live({ plan: hotfix, from: night });
  assert.equal(fixed.end, "stable");
  assert.deepEqual(fixed.phases, [
    ...["automated", "emergency", "staging", "hotfix-signoff", "hotfix-go", "production"],
    ...["watching", "hotfix-finish"],
  ]);
  assert.deepEqual(fixed.lifters("emergency"), ["commander1@example.test"]);
  assert.deepEqual(fixed.lifters("emergency-agreed"), [
    "lead@example.test as lead-developer",
    "stakeholder1@example.test as stakeholder",
    "commander1@example.test as incident-commander",
  ]);
  assert.deepEqual(fixed.lifters("hotfix-in-staging"), ["lead@example.test"]);
  assert.deepEqual(fixed.lifters("issue-solved"), ["commander1@example.test"]);
  assert.ok(fixed.opened("watching") - night < 2 * HOUR, "it serves everyone within two hours");
});

test("DF-25: a hotfix whose commit does not name its incident goes nowhere", () => {
  const answers = { "emergency/incident-named": says({ exit: 1 }) };
  const held = live({ plan: hotfix, from: night, faults: { answers }, horizon: DAY });
  assert.equal(held.phases.at(-1), "emergency");
  assert.equal(held.release.gates["emergency/incident-named"]?.judged.verdict, "fail");
});

test("DF-11 DF-24: without the incident commander a hotfix stays in staging", () => {
  const both = ["commander1@example.test", "commander2@example.test"];
  const vouched: Act[] = ["severity", "one-issue", "cause", "risk", "words"].map((item) => ({
    at: night + MINUTE,
    say: { ask: "tick", by: "commander1@example.test", gate: "emergency", item },
  }));
  const held = live({
    plan: hotfix,
    from: night,
    faults: { absent: both },
    acts: vouched,
    horizon: DAY,
  });
  assert.deepEqual(held.refusals, []);
  const { holds } = statusReport(held.release, held.endedAt);
  assert.deepEqual(
    holds.map(({ name, reason }) => [name, reason]),
    [["emergency-agreed", "1 more of incident-commander"]],
  );
  assert.ok(!held.phases.includes("production"));
});

test("DF-25 DF-31: a hotfix is tagged three times on one commit: rc-v, production-v and hotfix-v", () => {
  const fixed = live({ plan: hotfix, from: night });
  assert.deepEqual(fixed.tags, ["rc-v1.4.1", "production-v1.4.1", "hotfix-v1.4.1"]);
  const commits = fixed.asked.flatMap(({ wanted }) =>
    wanted.ask === "tag" ? [wanted.commit] : [],
  );
  assert.deepEqual(new Set(commits), new Set([hotfix.commit]));
});
