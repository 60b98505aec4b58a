// Dirt Free CRM: releases that turn back, by themselves or because the incident commander decides so.
import assert from "node:assert/strict";
import { test } from "node:test";
import { MINUTE, SECOND } from "#core/base/time.ts";
import type { Trouble } from "#core/simulation/traffic.ts";
import { type Act, clock, type Day, live, planned, policyOf, type Story } from "./day.ts";
import { wayBack } from "./questions.ts";

const policy = await policyOf("dirt-free-crm");
const at = clock(policy.zone);
const from = at("2026-01-27T09:00");
const plan = planned(policy, { type: "patch", at: from, plannedAt: from });
const day = (more: Partial<Day> = {}) => live({ plan, from, ...more });
/** The limits of the document alone, each on its own; all statistical evidence together is often faster. */
const { worse: _, ...on } = policy.rollback.on;
const limits = { ...policy, rollback: { ...policy.rollback, on } };
const byLimits = planned(limits, { type: "patch", at: from, plannedAt: from });
const good = day();
const exposed = good.began("production/6-shift");
const whileWatched = good.opened("watching") + 10 * MINUTE;
const BOUND = 13 * MINUTE + 50 * SECOND;

function turnedBack(story: Story): void {
  assert.equal(story.end, "rolled-back");
  const { bound } = story.the("RollbackDecided").event;
  assert.equal(bound, BOUND);
  assert.ok(bound <= policy.rollback.target && wayBack(story) <= bound);
  assert.equal(policy.rollback.target, 40 * MINUTE);
  assert.equal(story.weights.at(-1), 0);
  assert.deepEqual(story.tags, ["rc-v1.4.1"], "nothing is tagged as production");
  assert.deepEqual(story.release.claims, []);
}

const TRIGGERS: readonly {
  readonly name: string;
  readonly trouble: Trouble;
  readonly within: number;
  readonly reason: RegExp;
}[] = [
  {
    name: "a failing health probe",
    trouble: { unhealthy: true },
    within: 16 * SECOND,
    reason: /fails its health probe .*3 times in a row/,
  },
  {
    name: "a spike of errors",
    trouble: { errors: 0.5 },
    within: 31 * SECOND,
    reason: /of its requests fail .*more than 20 % is a spike|uptime: error-rate/,
  },
  {
    name: "a broken objective",
    trouble: { errors: 0.05 },
    within: 6 * MINUTE,
    reason: /uptime: error-rate is .* at most 0.1 % is allowed/,
  },
  {
    name: "being ten times slower than the version before",
    trouble: { slow: 2000 },
    within: 36 * SECOND,
    reason: /its p95 is 2500 ms, more than 10 times the stable 100 ms/,
  },
];
for (const { name, trouble, within, reason } of TRIGGERS) {
  for (const [when, since] of [
    ["from its first share", exposed],
    ["while it is watched", whileWatched],
  ] as const) {
    test(`DF-26 DF-28: ${name} turns it back ${when}`, () => {
      const troubles = [{ ...trouble, from: since }];
      const story = day({ plan: byLimits, faults: { troubles } });
      turnedBack(story);
      const decided = story.the("RollbackDecided");
      const withEvidence = day({ faults: { troubles } }).the("RollbackDecided");
      assert.ok(withEvidence.at <= decided.at, "with all evidence it is never later");
      assert.ok(decided.event.automatic);
      assert.match(decided.event.reason, reason);
      assert.ok(decided.at > since && decided.at - since <= within, `${decided.at - since} ms`);
    });
  }
}

test("DF-28 DF-30: traffic goes to the version that was kept ready, the new one stops, and then it is verified and smoked", () => {
  const story = day({ faults: { errors: 0.5 } });
  assert.deepEqual(story.steps.slice(-4), [
    "rollback/undo-1-shift",
    "rollback/undo-2-retire",
    "rollback/verify-1-verify",
    "rollback/verify-2-smoke",
  ]);
  const probe = story.asked.find(({ key }) => key === "rollback/verify-1-verify/1/1")?.wanted;
  assert.ok(probe?.ask === "probe" && probe.version === "stable");
  assert.deepEqual(story.commands("rollback/verify-2-smoke"), ["npm run smoke -- production"]);
});

test("DF-28 DF-29: with each part taking as long as it may it keeps its bound, the target and the most it promises", () => {
  const takes = {
    "rollback/undo-1-shift": 10 * SECOND,
    "rollback/undo-2-retire": 30 * SECOND,
    "rollback/verify-1-verify/1/1": MINUTE,
    "rollback/verify-1-verify/1/": 30 * SECOND,
    "rollback/verify-2-smoke": 10 * MINUTE,
  };
  const story = day({ faults: { takes, unhealthy: true } });
  turnedBack(story);
  assert.equal(wayBack(story), BOUND - 10 * SECOND, "all but the time to decide");
  assert.equal(policy.rollback.most, 70 * MINUTE);
});

test("DF-29: the expanded schema stays: going back runs no migration", () => {
  const story = day({ faults: { errors: 0.5 } });
  const since = story.the("RollbackDecided").at;
  const run = story.asked.filter(
    ({ at: when, wanted }) => when >= since && wanted.ask === "command",
  );
  assert.deepEqual(
    run.map(({ key }) => key),
    ["rollback/verify-2-smoke/1/1"],
  );
});

test("DF-27 DF-30 DF-35: the decision is told in #releases, its end there, to stakeholders and on the status page", () => {
  const story = day({ faults: { errors: 0.5 } });
  const decided = story.the("RollbackDecided").at;
  const after = story.sent.filter(({ moment }) => moment.startsWith("roll"));
  assert.deepEqual(
    after.map(({ moment, channel, message }) => [moment, channel, message]),
    [
      ["rollback", "releases", "turning-back"],
      ["rolled-back", "releases", "turned-back"],
      ["rolled-back", "stakeholders", "turned-back"],
      ["rolled-back", "status-page", "turned-back"],
    ],
  );
  assert.equal(after[0]?.at, decided);
  assert.equal(after[1]?.at, story.the("ReleaseEnded").at);
});

const order = (by: string, reason: string): Act => ({
  at: whileWatched,
  when: ({ stand }) => stand.at === "phase",
  say: { ask: "rollback", by, reason },
});

test("DF-27 DF-26: the incident commander decides on a rollback, and the rationale is kept and told", () => {
  const reason = "invoices are written twice; safe, as no data was migrated";
  const story = day({ acts: [order("commander2@example.test", reason)] });
  turnedBack(story);
  const decided = story.the("RollbackDecided");
  assert.deepEqual(
    [decided.by, decided.at, decided.event.automatic, decided.event.reason],
    ["commander2@example.test", whileWatched, false, reason],
  );
  const told = story.sent.find(({ moment }) => moment === "rollback");
  assert.equal(told?.facts["reason"], reason);
});

test("DF-27: not even the lead developer decides that, and the refusal names who does", () => {
  const story = day({ acts: [order("lead@example.test", "looks odd")] });
  assert.equal(story.end, "stable");
  assert.deepEqual(
    story.refusals.map(({ code, remedy }) => [code, remedy]),
    [["not-allowed", "Ask one of commander1@example.test, commander2@example.test."]],
  );
});

test("DF-13 DF-28: what fails in staging is taken away there, and production is never touched", () => {
  const answers = { "staging/5-smoke": { outcome: "done", facts: { exit: 1 } } } as const;
  const story = day({ faults: { answers } });
  assert.equal(story.end, "rolled-back");
  assert.deepEqual(story.weights, []);
  const touched = story.asked.flatMap(({ wanted }) =>
    "environment" in wanted && wanted.environment !== undefined ? [wanted.environment] : [],
  );
  assert.deepEqual(new Set(touched), new Set(["staging"]));
});

test("DF-15: a second release waits until the first has left production", () => {
  const freed = good.the("EnvironmentFreed").at;
  const second = planned(policy, { type: "patch", version: "1.4.2", at: from });
  const taken = [{ environment: "production", by: plan.release, until: freed }];
  const story = live({ plan: second, from, faults: { taken } });
  const waited = story.released("production") - freed;
  assert.ok(waited >= 0 && waited <= 5 * MINUTE);
});
