// AgentMesh Cloud: releases that go out, by a merge or by hand, and a hotfix.
import assert from "node:assert/strict";
import { test } from "node:test";
import { DAY, HOUR, MINUTE } from "#core/base/time.ts";
import type { Evidence } from "#core/gates/gate.ts";
import { clock, policyOf } from "./day.ts";
import { dayOf, holdsOf, peopleOf, recorded, says } from "./questions.ts";

const policy = await policyOf("agentmesh-cloud");
const at = clock(policy.zone);
const minor = { type: "minor", begin: at("2026-02-03T09:00"), zero: at("2026-02-05T02:00") };
const day = dayOf(policy, minor);

test("AM-01 AM-03 AM-05 AM-06: a minor is checked, previewed, announced, promoted by hand, and watched", () => {
  assert.equal(day.end, "stable");
  assert.deepEqual(day.refusals, []);
  assert.deepEqual(day.phases, [
    ...["checks", "preview", "announcing", "promotion", "production", "backfill"],
    ...["watching", "finish"],
  ]);
});

test("AM-02 AM-17: every check has passed before anything is deployed, flags before production", () => {
  const passed = day.all("GateJudged").filter(({ event }) => event.verdict === "pass");
  const when = (gate: string) => passed.find(({ event }) => event.gate === gate)?.at ?? Infinity;
  for (const gate of policy.phases["checks"]?.gates ?? [])
    assert.ok(when(`checks/${gate}`) <= day.began("preview/1-migrate"), gate);
  assert.ok(when("promotion/flags-configured") <= day.began("production/1-announce"));
  assert.deepEqual(policy.versioning.bumps, {
    ...{ feat: "minor", fix: "patch", perf: "patch", revert: "patch" },
  });
});

const BAD: readonly (readonly [clauses: string, gate: string, facts: Evidence])[] = [
  ["AM-01 AM-02", "commits-conventional", { exit: 1 }],
  ["AM-01", "up-to-date", { exit: 1 }],
  ["AM-01 AM-17", "tests", { exit: 0, tests: 9, failures: 0, errors: 1 }],
  ["AM-03 AM-26", "builds", { exit: 1 }],
  ["AM-17", "security-scan", { exit: 0, critical: 0, high: 1 }],
  ["AM-17", "performance", { exit: 1 }],
  ["AM-03 AM-17 AM-26", "migration-status", { exit: 1 }],
  ["AM-07", "migrations-commented", { exit: 1 }],
];
for (const [clauses, gate, facts] of BAD) {
  test(`${clauses}: ${gate} holds it before preview at ${JSON.stringify(facts)}`, () => {
    const answers = { [`checks/${gate}/`]: says(facts) };
    const held = dayOf(policy, { ...minor, faults: { answers } });
    assert.equal(held.release.gates[`checks/${gate}`]?.judged.verdict, "fail");
    assert.deepEqual(held.steps, []);
  });
}

test("AM-01: one review that is not the author's is needed", () => {
  assert.deepEqual(day.lifters("reviewed"), ["reviewer1@example.test as reviewer"]);
  const absent = peopleOf(policy, "reviewer");
  const held = dayOf(policy, { ...minor, faults: { absent }, horizon: HOUR });
  assert.deepEqual(holdsOf(held), [["reviewed", "1 more of reviewer"]]);
});

test("AM-04: patch, minor and major walk the same checks, preview and promotion", () => {
  for (const type of ["patch", "minor", "major"]) {
    const story = dayOf(policy, { ...minor, type });
    assert.equal(story.end, "stable");
    assert.deepEqual(
      story.phases.filter((phase) =>
        ["checks", "preview", "promotion", "production"].includes(phase),
      ),
      ["checks", "preview", "promotion", "production"],
    );
  }
});

test("AM-05 AM-23: what fails in preview never reaches production", () => {
  const answers = { "preview/3-smoke": { outcome: "failed", reason: "500" } } as const;
  const story = dayOf(policy, { ...minor, faults: { answers } });
  assert.equal(story.end, "rolled-back");
  assert.deepEqual(story.weights, []);
});

test("AM-03 AM-06: after the merge nothing goes to production until somebody promotes it", () => {
  assert.deepEqual(day.lifters("promoted-by-hand"), ["lead@example.test as release-lead"]);
  const absent = ["lead@example.test", "deputy@example.test"];
  const merged = { type: "patch", begin: at("2026-02-04T02:00") };
  const held = dayOf(policy, { ...merged, faults: { absent }, horizon: DAY });
  assert.deepEqual(
    holdsOf(held).map(([gate]) => gate),
    ["flags-configured", "promoted-by-hand"],
  );
  assert.deepEqual(held.weights, []);
});

test("AM-06 AM-20: it waits while what serves now breaks its objectives", () => {
  const zero = minor.zero;
  const ill = { of: "stable", errors: 0.02, from: zero - HOUR, until: zero + HOUR } as const;
  const story = dayOf(policy, { ...minor, faults: { troubles: [ill] } });
  assert.ok(story.released("promotion") >= zero + HOUR);
  assert.equal(story.end, "stable");
});

test("AM-06 AM-20: production waits while an error budget is spent", () => {
  const spent = says({ "availability.left": -0.1, "errors.left": 1, "latency.left": 1, age: 0 });
  const faults = { answers: { "promotion/in-budget": spent } };
  const held = dayOf(policy, { ...minor, faults, horizon: 3 * DAY });
  assert.deepEqual(
    holdsOf(held).map(([gate]) => gate),
    ["in-budget"],
  );
  assert.deepEqual(policy.objectives["availability"], {
    ...{ measure: "availability", least: 9995 },
  });
});

test("AM-21 AM-16: alerts go by severity: critical to the pager and #alerts, warnings to #devops, news to #releases", () => {
  const { critical, warning, info } = policy.alerts;
  assert.deepEqual(
    [critical?.channels, warning?.channels, info?.channels],
    [["pager", "alerts"], ["devops"], ["releases"]],
  );
});

test("AM-07 AM-26: dry run, expand and status before the deployment, backfill after it, contract last of all", () => {
  assert.deepEqual(day.commands("production/3-migrate"), [
    "pnpm run migrate:emc:dry",
    "pnpm run migrate:emc",
    "pnpm run db:status",
  ]);
  assert.ok(day.began("production/3-migrate") < day.began("production/4-deploy"));
  assert.deepEqual(day.commands("backfill/1-migrate"), [
    "pnpm run migrate:backfill",
    "pnpm run db:verify",
  ]);
  const major = dayOf(policy, { ...minor, type: "major" });
  assert.equal(major.steps.at(-1), "contract/1-migrate");
});

test("AM-23 AM-24 AM-25: the way back is planned, documents are ready, support knows, and it is announced a day ahead", () => {
  assert.deepEqual(day.lifters("rollback-planned"), ["lead@example.test"]);
  assert.deepEqual(day.lifters("documents-ready"), ["lead@example.test"]);
  assert.deepEqual(day.lifters("support-told"), ["support1@example.test"]);
  const [coming] = day.sent.filter(({ message }) => message === "coming");
  assert.equal(coming?.channel, "stakeholders");
  assert.ok(day.opened("promotion") - (coming?.at ?? 0) >= DAY);
  assert.deepEqual(policy.types["minor"]?.prefers, ["low-traffic"]);
});

test("AM-13 AM-14 AM-21: the status page follows by itself, releases are told in #releases, one tag", () => {
  const named = day.sent.map(({ message, channel }) => `${message} -> ${channel}`);
  assert.ok(named.indexOf("deploying -> status-page") < named.indexOf("updated -> status-page"));
  assert.ok(named.includes("started -> releases") && named.includes("shipped -> releases"));
  assert.ok(named.includes("held -> devops"));
  assert.deepEqual(day.tags, ["v1.4.1"]);
});

test("AM-18 AM-24: it is watched for half an hour, and objectives, users and social media are quiet before the old version goes", () => {
  assert.equal(day.opened("finish") - day.opened("watching"), 30 * MINUTE);
  assert.deepEqual(day.lifters("users-content"), ["oncall1@example.test"]);
});

test("AM-12 AM-25: a hotfix needs an incident, is agreed by two, goes at any hour, and owes a post-mortem", () => {
  const noon = at("2026-02-15T12:00");
  const hotfix = dayOf(policy, { type: "hotfix", begin: noon });
  assert.equal(hotfix.end, "stable");
  assert.deepEqual(hotfix.lifters("mitigated"), ["oncall1@example.test"]);
  assert.deepEqual(hotfix.lifters("emergency-agreed"), [
    "oncall1@example.test as on-call",
    "lead@example.test as release-lead",
  ]);
  assert.ok(hotfix.opened("watching") - noon < 30 * MINUTE);
  assert.deepEqual(
    hotfix.all("DebtMade").map(({ event }) => event.what),
    ["The post-mortem is written"],
  );
});

test("AM-15 AM-16: build and schema belong together, and the journal has every step with its end", () => {
  assert.notEqual(day.plan.bundle.migrations, day.plan.bundle.commit);
  const begun = new Set(day.steps);
  const ended = new Set(day.all("StepDone").map(({ event }) => event.step));
  assert.deepEqual(ended, begun);
});

test("AM-14 AM-03: tag, changelog and the release on the forge with its reports come once it serves alone", () => {
  assert.deepEqual(recorded(day), ["tag v1.4.1", "write", "publish"]);
  const published = day.asked.flatMap(({ wanted }) => (wanted.ask === "publish" ? [wanted] : []));
  assert.deepEqual(published[0]?.assets, ["reports/bundle.html", "reports/migrations.md"]);
});
