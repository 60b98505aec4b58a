// SwipeSavvy: patches, minors and hotfixes that go out, by the guide's own timelines.
import assert from "node:assert/strict";
import { test } from "node:test";
import { DAY, HOUR, MINUTE } from "#core/base/time.ts";
import type { Evidence } from "#core/gates/gate.ts";
import { statusReport } from "#core/reports/status.ts";
import { clock, live, planned, policyOf } from "./day.ts";
import { dayOf, holdsOf, peopleOf, says, timeline } from "./questions.ts";

const policy = await policyOf("swipesavvy");
const at = clock(policy.zone);
const minor = { type: "minor", begin: at("2026-01-20T09:00"), zero: at("2026-02-05T14:00") };
const day = dayOf(policy, minor);

test("SS-03 SS-04 SS-08 SS-09 SS-10 SS-11 SS-12 SS-13: a minor walks its two weeks to Thursday 14:00 UTC", () => {
  assert.equal(day.end, "stable");
  assert.deepEqual(day.refusals, []);
  const dated = ["planning", "branch-cut", "preparation", "quality", "final-tests", "day-before"];
  assert.deepEqual(timeline(day, [...dated, "hours-before", "start"]), [
    "Thu 2026-01-22 14:00 planning",
    "Wed 2026-01-28 14:00 branch-cut",
    "Thu 2026-01-29 14:00 preparation",
    "Mon 2026-02-02 14:00 quality",
    "Tue 2026-02-03 14:00 final-tests",
    "Wed 2026-02-04 14:00 day-before",
    "Thu 2026-02-05 10:00 hours-before",
    "Thu 2026-02-05 14:00 start",
  ]);
});

test("SS-03: a minor whose T-0 is a Wednesday waits for the Thursday of its second week", () => {
  const early = dayOf(policy, { ...minor, zero: at("2026-01-28T14:00") });
  assert.equal(early.opened("start"), at("2026-01-28T14:00"));
  assert.equal(early.released("start"), at("2026-02-05T14:00"));
});

test("SS-14 SS-15 SS-16 SS-03: images by T+30, staging by T+60, then the decision, all of it within two hours", () => {
  const zero = minor.zero;
  assert.ok(day.opened("staging") - zero <= 30 * MINUTE);
  assert.ok(day.opened("minor-go") - zero === HOUR);
  assert.ok(day.opened("first-hour") - zero <= 2 * HOUR);
  assert.deepEqual(day.all("ClockMissed"), []);
  const slow = dayOf(policy, {
    ...minor,
    faults: { takes: { "images/2-run": 24 * MINUTE, "images/3-run": 7 * MINUTE } },
  });
  assert.deepEqual(
    slow.all("ClockMissed").map(({ event }) => event.what),
    ["images has not passed within 30 min of T-0"],
  );
  assert.ok(slow.told.includes("late -> team"));
});

test("SS-14: the three images are built and their signatures verified before staging is touched", () => {
  assert.deepEqual(Object.keys(policy.services), ["admin-portal", "wallet-web", "ai-agents"]);
  assert.deepEqual(day.commands("images/2-run"), ["scripts/build-images.sh"]);
  const forged = dayOf(policy, {
    ...minor,
    faults: { answers: { "images/3-run": says({ exit: 1 }) } },
  });
  assert.ok(!forged.phases.includes("staging"));
  assert.deepEqual(forged.weights, []);
});

test("SS-15: staging is migrated, deployed, probed, smoked and its log read", () => {
  assert.deepEqual(
    day.steps.filter((step) => step.startsWith("staging/")).map((step) => step.slice(10)),
    ["migrate", "deploy", "verify", "smoke", "run", "promote"],
  );
});

test("SS-16 SS-19 SS-20: production is backed up three ways, migrated before containers start, warmed and smoked", () => {
  const steps = day.steps.filter((step) => step.startsWith("production/"));
  assert.deepEqual(
    steps.map((step) => step.replace(/^production\/\d+-/, "")),
    [
      ...["announce", "backup", "backup", "backup", "migrate", "deploy"],
      ...["warm", "smoke", "shift", "verify", "run"],
    ],
  );
  for (const [step, what] of [
    ["2", "postgres"],
    ["3", "redis"],
    ["4", "configuration"],
  ])
    assert.deepEqual(day.commands(`production/${step}-backup`), [
      `scripts/backup.sh ${what}`,
      `scripts/backup-check.sh ${what}`,
    ]);
  assert.deepEqual(day.commands("production/5-migrate"), [
    "python manage.py migrate",
    "python manage.py schema-version",
  ]);
});

test("SS-19: a backup that cannot be restored keeps production as it is", () => {
  const answers = { "production/2-backup/1/2": says({ exit: 1 }) };
  const held = dayOf(policy, { ...minor, faults: { answers } });
  assert.equal(held.end, "stopped");
  assert.deepEqual(held.weights, []);
});

test("SS-16 SS-03: production needs two people: the engineering lead and the release engineer", () => {
  assert.deepEqual(day.lifters("minor-agreed"), [
    "lead1@example.test as engineering-lead",
    "release1@example.test as release-engineer",
  ]);
  assert.deepEqual(day.lifters("go-no-go"), ["release1@example.test"]);
});

const BAD: readonly (readonly [clause: string, gate: string, facts: Evidence])[] = [
  ["SS-10", "quality/lint", { exit: 1 }],
  ["SS-10", "quality/compiles", { exit: 2 }],
  ["SS-10", "quality/tests", { exit: 0, tests: 10, failures: 1, errors: 0 }],
  ["SS-10", "quality/coverage", { exit: 0, lines: 79.9 }],
  ["SS-10", "quality/npm-audit", { exit: 0, critical: 1 }],
  ["SS-10", "quality/safety", { exit: 0, errors: 1 }],
  ["SS-10", "quality/scan", { exit: 0, errors: 2 }],
  ["SS-03", "final-tests/end-to-end", { exit: 0, tests: 9, failures: 1, errors: 0 }],
  ["SS-20", "final-tests/migrations-tested", { exit: 1 }],
  ["SS-11", "day-before/load-tests", { exit: 1 }],
  ["SS-11", "day-before/performance", { exit: 1 }],
  ["SS-11", "day-before/images-built", { exit: 1 }],
  ["SS-12", "hours-before/environment-confirmed", { exit: 1 }],
];
for (const [clause, gate, facts] of BAD) {
  test(`${clause}: ${gate} holds a minor at ${JSON.stringify(facts)}`, () => {
    const held = dayOf(policy, { ...minor, faults: { answers: { [`${gate}/`]: says(facts) } } });
    assert.equal(held.release.gates[gate]?.judged.verdict, "fail");
    assert.equal(held.phases.at(-1), gate.split("/")[0]);
    assert.deepEqual(held.weights, []);
  });
}

test("SS-04 SS-10: a feature that comes in after Monday of week two holds the release", () => {
  const last = at("2026-02-02T15:00");
  const plan = planned(policy, {
    ...{ type: "minor", at: minor.zero, plannedAt: minor.begin },
    changes: { feat: { count: 1, last, commit: "f".repeat(40) } },
  });
  const held = live({ plan, from: minor.begin });
  assert.deepEqual(
    holdsOf(held).map(([gate]) => gate),
    ["features-frozen"],
  );
});

test("SS-09 SS-11 SS-19: a rollback drill older than a week, or a restore test older than 30 days, holds", () => {
  const drillers = peopleOf(policy, "devops-lead");
  const acts = ["commands", "fallback", "time"].map((item) => ({
    at: at("2026-01-29T14:01"),
    say: { ask: "tick", by: "devops1@example.test", gate: "rollback-plan", item } as const,
  }));
  for (const [gate, days] of [
    ["rollback-rehearsed", 8],
    ["restore-tested", 31],
  ] as const) {
    const when = at("2026-01-29T14:00") - days * DAY;
    const record = says({ by: "devops1@example.test", when, link: "https://records.example.test" });
    const faults = { answers: { [`preparation/${gate}/`]: record }, absent: drillers };
    const held = dayOf(policy, { ...minor, faults, acts, horizon: 20 * DAY });
    assert.ok(
      holdsOf(held).some(([name, reason]) => name === gate && /is older than/.test(reason)),
    );
  }
});

test("SS-28: customers are told at least three days before T-0, when it is in progress, and when it is done", () => {
  const named = day.sent.map(({ message, channel }) => `${message} -> ${channel}`);
  const [announced] = day.sent.filter(({ message }) => message === "announcement");
  assert.ok(minor.zero - (announced?.at ?? minor.zero) >= 3 * DAY);
  assert.equal(named.filter((line) => line === "announcement -> customers").length, 1);
  assert.ok(named.includes("in-progress -> status-page"));
  assert.ok(named.includes("complete -> customers"));
  const mute = { outcome: "failed", reason: "the mail server refuses" } as const;
  const answers = { "announcing/customers-told": mute };
  const held = dayOf(policy, { ...minor, faults: { answers }, horizon: 20 * DAY });
  assert.match(holdsOf(held)[0]?.join() ?? "", /customers-told,customers was not told/);
});

test("SS-13 SS-18 SS-31: the status is posted at T-0 and at the end, in Slack and on the status page; one tag", () => {
  assert.deepEqual(day.tags, ["v1.4.1"]);
  const [started] = day.sent.filter(({ message }) => message === "started-status");
  assert.deepEqual([started?.channel, started?.at], ["status-page", minor.zero]);
  assert.ok(day.told.includes("started -> team"));
  assert.ok(day.told.includes("stable -> team"));
  assert.ok(day.sent.some(({ message }) => message === "released"));
});

test("SS-18 SS-25: it is watched for an hour, and a list ticked, before the old version goes", () => {
  assert.equal(day.opened("stable") - day.opened("first-hour"), HOUR);
  assert.deepEqual(day.lifters("first-hour-well"), ["release1@example.test"]);
});

test("SS-25 SS-28: in its first hour it is reported every 5 minutes, and every 15 ticked and told the status page", () => {
  const due = (name: string) => day.all("ReportDue").filter(({ event }) => event.report === name);
  const began = day.opened("first-hour");
  assert.deepEqual(
    due("quarter").map(({ at: when }) => when - began),
    [15, 30, 45, 60].map((minutes) => minutes * MINUTE),
  );
  assert.equal(due("figures").length, 12);
  assert.match(due("figures")[0]?.event.said ?? "", /^figures 1: \d+ requests/);
  const ticked = day.all("ReportTicked").filter(({ event }) => event.number === 4);
  assert.deepEqual(
    ticked.map(({ event }) => event.item),
    ["pools", "queues", "logs"],
  );
  const page = day.sent.filter(
    ({ message, channel }) => message === "pulse" && channel === "status-page",
  );
  assert.equal(page.length, 4);
});

test("SS-02 SS-26: on its first day a patch is reported every hour", () => {
  const patch = dayOf(policy, { type: "patch", begin: at("2026-02-02T09:00") });
  const hourly = patch.all("ReportDue").filter(({ event }) => event.report === "hour");
  assert.equal(hourly.length, 24);
});

test("SS-26 SS-27: a minor owes its tests anew and the review of its week; overdue, they hold the next", () => {
  assert.deepEqual(
    day.all("DebtMade").map(({ event }) => [event.roles.join(), event.what]),
    [
      ["qa-lead", "Tests, scan and performance test were run again"],
      ["release-engineer", "The week is reviewed: trends, feedback, survey, lessons"],
    ],
  );
  const overdue = says({ overdue: 1, what: "swipesavvy-1.3.0: the week is reviewed", lift: "x" });
  const answers = { "planning/nothing-owed": overdue };
  const held = dayOf(policy, { ...minor, faults: { answers }, horizon: 20 * DAY });
  assert.deepEqual(holdsOf(held), [
    ["nothing-owed", "overdue: swipesavvy-1.3.0: the week is reviewed"],
  ]);
});

test("SS-12: a minor waits until nothing else is in flight", () => {
  const until = at("2026-02-05T15:30");
  const taken = [{ environment: "production", by: "sample-1.4.0", until }];
  const waited = dayOf(policy, { ...minor, faults: { taken } });
  assert.ok(waited.released("production") >= until);
  assert.equal(waited.end, "stable");
});

const tuesday = at("2026-02-10T10:00");

test("SS-01 SS-02 SS-16: a patch is scanned, smoked, tagged and out on day one, watched on day two, stable on day three", () => {
  const patch = dayOf(policy, { type: "patch", begin: tuesday });
  assert.equal(patch.end, "stable");
  assert.deepEqual(patch.phases.slice(0, 2), ["patch-checks", "patch-go"]);
  assert.deepEqual(patch.lifters("patch-agreed"), [
    "lead1@example.test as engineering-lead",
    "release1@example.test as release-engineer",
  ]);
  assert.ok(patch.opened("first-hour") - tuesday < HOUR);
  assert.equal(patch.opened("stable") - patch.opened("day-two"), DAY);
  assert.ok(!patch.phases.includes("quality"), "the list of 72 hours is for what is planned ahead");
});

test("SS-01: a patch carries fixes and security alone, and no dependencies", () => {
  const { allows, bars } = policy.types["patch"] ?? {};
  assert.deepEqual(allows?.slice(0, 2), ["fix", "security"]);
  assert.deepEqual(bars, ["deps"]);
  assert.ok(!allows?.includes("feat"));
});

test("SS-01: a third patch in a week is held until Monday", () => {
  const monday = at("2026-02-16T00:00");
  const full = {
    outcome: "failed",
    reason: "2 of 2 places of this week are taken",
    facts: { ends: monday },
  } as const;
  const held = dayOf(policy, {
    ...{ type: "patch", begin: tuesday, horizon: 2 * DAY },
    faults: { answers: { "patch-checks/at-most-two": full } },
  });
  assert.match(
    holdsOf(held)[0]?.join() ?? "",
    /at-most-two,.*the next week begins at Mon 2026-02-16/,
  );
});

test("SS-01: a patch that is not out 24 hours after its merge is told", () => {
  const plan = planned(policy, {
    ...{ type: "patch", at: tuesday, plannedAt: tuesday },
    changes: { fix: { count: 1, last: tuesday - 20 * HOUR, commit: "f".repeat(40) } },
  });
  const late = live({ plan, from: tuesday, faults: { takes: { "patch-checks/scan": 5 * HOUR } } });
  const [missed] = late.all("ClockMissed");
  assert.deepEqual([missed?.at, missed?.event.clock], [tuesday + 4 * HOUR, "shipped"]);
  assert.equal(late.end, "stable", "a clock that runs out stops nothing");
});

const night = at("2026-02-15T02:00");

test("SS-07 SS-16: a hotfix goes at night and at the weekend: called, tested, agreed by the VP, out at once", () => {
  const hotfix = dayOf(policy, { type: "hotfix", begin: night });
  assert.equal(hotfix.end, "stable");
  assert.deepEqual(hotfix.commands("hotfix-tests/focused-tests"), ["npm run test:focused"]);
  assert.deepEqual(hotfix.lifters("hotfix-agreed"), [
    "vp@example.test as vp-engineering",
    "release1@example.test as release-engineer",
  ]);
  assert.ok(hotfix.opened("first-hour") - night < 30 * MINUTE);
  assert.deepEqual(
    hotfix.all("DebtMade").map(({ event }) => event.what),
    ["All tests have run", "The post-mortem is written"],
  );
});

test("SS-07: without the VP a hotfix stays where it is, and the clock of its approval is told", () => {
  const absent = peopleOf(policy, "vp-engineering");
  const held = dayOf(policy, { type: "hotfix", begin: night, faults: { absent }, horizon: DAY });
  assert.deepEqual(holdsOf(held), [["hotfix-agreed", "1 more of vp-engineering"]]);
  const [missed] = held.all("ClockMissed");
  assert.deepEqual([missed?.event.clock, missed?.at], ["approved", night + 105 * MINUTE]);
  const { status } = statusReport(held.release, held.endedAt);
  assert.equal(status, "held");
});
