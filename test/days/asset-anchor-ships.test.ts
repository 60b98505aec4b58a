// Asset Anchor: releases that go out, by the lifecycle of the strategy.
import assert from "node:assert/strict";
import { test } from "node:test";
import { DAY, HOUR, MINUTE } from "#core/base/time.ts";
import type { Evidence } from "#core/gates/gate.ts";
import { type Act, clock, live, planned, policyOf } from "./day.ts";
import { dayOf, holdsOf, peopleOf, recorded, says, timeline } from "./questions.ts";

const policy = await policyOf("asset-anchor");
const at = clock(policy.zone);
const minor = { type: "minor", begin: at("2026-03-02T09:00"), zero: at("2026-03-18T10:00") };
const day = dayOf(policy, minor);

test("AA-05 AA-07 AA-08 AA-09 AA-10: a minor is planned, stabilized, prepared and deployed around Wednesday 10:00, whatever the clocks do", () => {
  assert.equal(day.end, "stable");
  assert.deepEqual(day.refusals, []);
  assert.deepEqual(timeline(day, ["planning", "stabilization", "preparation", "wednesday"]), [
    "Wed 2026-03-04 10:00 planning",
    "Fri 2026-03-13 10:00 stabilization",
    "Mon 2026-03-16 10:00 preparation",
    "Wed 2026-03-18 10:00 wednesday",
  ]);
  assert.equal(minor.zero - day.opened("planning"), 14 * DAY - HOUR, "clocks went forward");
});

test("AA-05 AA-02: a minor that is ready on another Wednesday waits for its own", () => {
  const early = dayOf(policy, { ...minor, zero: at("2026-03-11T10:00") });
  assert.equal(early.released("wednesday"), at("2026-03-18T10:00"));
});

test("AA-13 AA-16: it passes integration, staging after its approval, and production last", () => {
  const touched = day.asked.flatMap(({ wanted }) =>
    wanted.ask === "deploy" ? [wanted.environment] : [],
  );
  assert.deepEqual(touched, ["integration", "staging", "production"]);
  assert.ok(day.released("minor-approval") <= day.opened("staging"));
});

test("AA-02 AA-27: the product manager approves a minor, after risk and security were looked at", () => {
  assert.deepEqual(day.lifters("minor-approved"), ["product1@example.test as product-manager"]);
  assert.deepEqual(day.lifters("risk-assessed"), ["tech1@example.test"]);
  const absent = peopleOf(policy, "product-manager");
  const held = dayOf(policy, { ...minor, faults: { absent }, horizon: 13 * DAY });
  assert.deepEqual(holdsOf(held), [["minor-approved", "1 more of product-manager"]]);
});

test("AA-15: tests, scan, benchmarks, migrations, documents and way back are seen to before the deployment", () => {
  const passed = day.all("GateJudged").filter(({ event }) => event.verdict === "pass");
  const asked = ["automated-tests", "security-scan", "performance", "migrations-tested"];
  for (const gate of [...asked, "complete", "pre-deploy-check"]) {
    const pass = passed.find(({ event }) => event.gate.endsWith(`/${gate}`));
    assert.ok(pass !== undefined && pass.at <= day.began("deployment/1-announce"), gate);
  }
});

const BAD: readonly (readonly [clauses: string, gate: string, facts: Evidence])[] = [
  ["AA-15", "stabilization/automated-tests", { exit: 0, tests: 9, failures: 1, errors: 0 }],
  ["AA-02 AA-08", "stabilization/full-regression", { exit: 0, tests: 0, failures: 0, errors: 0 }],
  ["AA-23", "stabilization/static-analysis", { exit: 0, errors: 1 }],
  ["AA-15", "stabilization/security-scan", { exit: 0, errors: 1 }],
  ["AA-08 AA-15", "stabilization/performance", { exit: 1 }],
  ["AA-15", "stabilization/migrations-tested", { exit: 1 }],
  ["AA-15 AA-16", "wednesday/pre-deploy-check", { exit: 1 }],
];
for (const [clauses, gate, facts] of BAD) {
  test(`${clauses}: ${gate} holds a minor at ${JSON.stringify(facts)}`, () => {
    const held = dayOf(policy, { ...minor, faults: { answers: { [`${gate}/`]: says(facts) } } });
    assert.equal(held.release.gates[gate]?.judged.verdict, "fail");
    assert.deepEqual(held.weights, []);
  });
}

test("AA-08: a feature that comes in during the five days before holds the release", () => {
  const plan = planned(policy, {
    ...{ type: "minor", at: minor.zero, plannedAt: minor.begin },
    changes: { feat: { count: 1, last: at("2026-03-14T12:00"), commit: "f".repeat(40) } },
  });
  assert.deepEqual(
    holdsOf(live({ plan, from: minor.begin })).map(([gate]) => gate),
    ["feature-freeze"],
  );
});

test("AA-09 AA-31: QA, product and tech lead sign, the checklist is ticked, stakeholders are told a day before", () => {
  const signed = ["qa-signoff", "product-owner-signoff", "tech-lead-signoff"];
  assert.deepEqual(
    signed.flatMap((gate) => day.lifters(gate)),
    [
      "qa1@example.test as qa-lead",
      "product1@example.test as product-manager",
      "tech1@example.test as tech-lead",
    ],
  );
  assert.deepEqual(day.lifters("complete"), ["release@example.test"]);
  const [coming] = day.sent.filter(({ message }) => message === "coming");
  assert.equal(coming?.channel, "stakeholders");
  assert.ok(minor.zero - (coming?.at ?? minor.zero) >= DAY);
});

test("AA-12: six roles have their duties, and the release manager's deputy says go while they are away", () => {
  const duties = [
    "release-manager",
    "tech-lead",
    "qa-lead",
    "product-manager",
    "devops",
    "support",
  ];
  for (const role of duties) {
    const { before, during, after } = policy.staff[role]?.duties ?? {};
    assert.ok(
      [before, during, after].every((list) => (list?.length ?? 0) > 0),
      role,
    );
  }
  assert.deepEqual(day.lifters("go"), ["release@example.test as release-manager"]);
  const deputy: Act = {
    at: minor.zero,
    when: ({ stand }) => stand.at === "phase" && stand.openedAt !== null,
    say: { ask: "approve", by: "devops1@example.test", gate: "go" },
  };
  const away = [{ who: "release@example.test", from: "2026-03-18", to: "2026-03-20" }];
  const deputized = dayOf({ ...policy, absences: away }, { ...minor, acts: [deputy] });
  assert.deepEqual(deputized.lifters("go"), ["devops1@example.test as release-manager"]);
  const present = dayOf(policy, { ...minor, acts: [deputy] });
  assert.match(present.refusals[0]?.sentence ?? "", /devops1@example.test is not in role/);
});

test("AA-06 AA-16 AA-30: deployed as the strategy's steps say: tag, backup, migrations, both tiers, smoke tests", () => {
  const steps = day.steps.filter((step) => step.startsWith("deployment/"));
  assert.deepEqual(
    steps.map((step) => step.replace(/^deployment\/\d+-/, "")),
    [
      ...["announce", "tag", "backup", "migrate", "deploy", "run", "run"],
      ...["smoke", "shift", "verify", "smoke"],
    ],
  );
  assert.deepEqual(day.tags, ["v1.4.1"]);
  assert.equal(day.commands("deployment/3-backup")[0], "scripts/run_migrations.sh --backup");
  assert.deepEqual(day.commands("deployment/11-smoke"), [
    "scripts/smoke_test.py --environment=production",
  ]);
});

test("AA-10 AA-16: both tiers get traffic together and in phases, once both are well", () => {
  assert.deepEqual(day.weights, [1000, 5000, 10_000]);
  const answers = { "deployment/6-run": says({ exit: 1 }) };
  const ill = dayOf(policy, { ...minor, faults: { answers } });
  assert.equal(ill.end, "rolled-back");
  assert.ok(!ill.weights.some((weight) => weight > 0));
});

test("AA-11 AA-31: it is watched, verified by hand, and only then is the old version let go and all told", () => {
  assert.equal(day.opened("finish") - day.opened("watching"), HOUR);
  assert.deepEqual(day.lifters("verified-by-hand"), ["qa1@example.test"]);
  assert.ok(
    day.sent.some(({ message, channel }) => message === "shipped" && channel === "stakeholders"),
  );
});

test("AA-11 AA-14 AA-25: a minor owes its retrospective, briefings and back-merge within three days", () => {
  const owed = day.all("DebtMade").map(({ event }) => event);
  assert.deepEqual(
    owed.map(({ roles }) => roles.join()),
    ["release-manager", "support", "product-manager", "tech-lead"],
  );
  const { at: ended } = day.the("ReleaseEnded");
  assert.ok(owed.every(({ due }) => due - ended === 3 * DAY));
});

test("AA-25: while a retrospective is overdue the next minor is not planned further", () => {
  const overdue = says({ overdue: 1, what: "retrospective of 1.4.0", lift: "release-manager" });
  const answers = { "planning/nothing-owed": overdue };
  const held = dayOf(policy, { ...minor, faults: { answers }, horizon: 10 * DAY });
  assert.deepEqual(holdsOf(held), [["nothing-owed", "overdue: retrospective of 1.4.0"]]);
});

const major = { type: "major", begin: at("2026-04-06T09:00"), zero: at("2026-05-12T10:00") };

test("AA-03 AA-07: a major is planned four weeks ahead, for a window of its own that is never a Wednesday", () => {
  const story = dayOf(policy, major);
  assert.equal(story.end, "stable");
  assert.equal(policy.types["major"]?.lead, 28 * DAY);
  assert.deepEqual(
    timeline(story, ["major-planning", "stabilization", "preparation", "major-day"]),
    [
      "Tue 2026-04-14 10:00 major-planning",
      "Thu 2026-05-07 10:00 stabilization",
      "Sun 2026-05-10 10:00 preparation",
      "Tue 2026-05-12 10:00 major-day",
    ],
  );
  assert.deepEqual(story.lifters("major-approved"), ["executive1@example.test as executive"]);
  assert.deepEqual(story.lifters("accepted"), ["product1@example.test"]);
});

test("AA-03: a major on another day waits for the next quarter", () => {
  const story = dayOf(policy, { ...major, zero: at("2026-05-13T10:00"), horizon: 150 * DAY });
  assert.equal(story.released("major-day"), at("2026-08-11T10:00"));
});

test("AA-01 AA-13: a patch goes as needed, by the tech lead's yes and automated tests", () => {
  const patch = dayOf(policy, { type: "patch", begin: at("2026-02-10T15:00") });
  assert.equal(patch.end, "stable");
  assert.deepEqual(patch.lifters("patch-approved"), ["tech1@example.test as tech-lead"]);
  assert.deepEqual(patch.commands("checks/automated-tests"), ["scripts/test.sh"]);
  assert.ok(!patch.phases.includes("stabilization"));
});

const night = at("2026-02-15T02:00");

test("AA-04: a hotfix goes at once, at night too: limited tests, the yes of tech lead and operations", () => {
  const hotfix = dayOf(policy, { type: "hotfix", begin: night });
  assert.equal(hotfix.end, "stable");
  assert.deepEqual(hotfix.lifters("hotfix-approved"), [
    "tech1@example.test as tech-lead",
    "devops1@example.test as devops",
  ]);
  assert.deepEqual(hotfix.commands("hotfix-checks/limited-tests"), ["scripts/limited-test.sh"]);
  assert.ok(hotfix.opened("watching") - night < 30 * MINUTE);
  assert.deepEqual(hotfix.tags, ["v1.4.1"], "the next patch version, which sorts after 1.4.0");
  assert.deepEqual(policy.types["hotfix"]?.prefers, ["business-hours"]);
});

test("AA-04: one of the two is not enough for a hotfix", () => {
  const absent = peopleOf(policy, "devops");
  const held = dayOf(policy, { type: "hotfix", begin: night, faults: { absent }, horizon: HOUR });
  assert.deepEqual(holdsOf(held), [["hotfix-approved", "1 more of devops"]]);
});

test("AA-29: packages, and the approvals beside them, are kept for 24 months, logs for 12", () => {
  assert.deepEqual(policy.retention, {
    bundles: "24 months",
    approvals: "24 months",
    deployments: "12 months",
  });
});

test("AA-26 AA-28: the journal keeps commit, artifacts and configuration, who deployed, when, and each migration", () => {
  const { bundle, commit, requester } = day.plan;
  assert.match(commit, /^c{40}$/);
  assert.deepEqual(Object.keys(bundle).sort(), [
    ...["artifacts", "commit", "configuration", "migrations", "policy"],
  ]);
  assert.equal(day.the("ReleasePlanned").by, requester);
  const migrated = day.all("StepDone").filter(({ event }) => event.step.endsWith("-migrate"));
  assert.equal(migrated.length, 3);
  assert.ok(migrated.every((done) => done.at > 0 && done.by === "holdpoint"));
});

test("AA-06 AA-21 AA-31: the release is tagged first, written into the changelog and published once it serves alone", () => {
  assert.deepEqual(recorded(day), ["tag v1.4.1", "write", "publish"]);
  assert.ok(day.began("finish/1-promote") < day.began("finish/3-publish"));
});
