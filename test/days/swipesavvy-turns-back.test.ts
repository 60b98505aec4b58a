// SwipeSavvy: releases that turn back at once, by themselves or by hand, and the coordinated rollback.
import assert from "node:assert/strict";
import { test } from "node:test";
import { HOUR, MINUTE, SECOND } from "#core/base/time.ts";
import type { Trouble } from "#core/simulation/traffic.ts";
import { type Act, clock, policyOf, type Story } from "./day.ts";
import { dayOf, holdsOf, peopleOf, recorded, wayBack } from "./questions.ts";

const policy = await policyOf("swipesavvy");
const at = clock(policy.zone);
const patch = { type: "patch", begin: at("2026-02-10T10:00") };
const good = dayOf(policy, patch);
const exposed = good.began("production/9-shift");
const dayTwo = good.opened("day-two") + 20 * HOUR;

function turnedBack(story: Story): void {
  assert.equal(story.end, "rolled-back");
  const { bound } = story.the("RollbackDecided").event;
  assert.ok(bound <= 5 * MINUTE && wayBack(story) <= bound);
  assert.equal(story.weights.at(-1), 0);
  assert.deepEqual(story.release.claims, []);
}

const TRIGGERS: readonly (readonly [what: string, trouble: Trouble, reason: RegExp])[] = [
  ["a failing health probe", { unhealthy: true }, /fails its health probe/],
  ["a critical feature that fails", { errors: 0.3 }, /is a spike|more of its requests fail/],
  [
    "an error rate above 0.1 %",
    { errors: 0.01 },
    /more of its requests fail than|errors: error-rate is .*at most 0.1 %/,
  ],
  ["heavy degradation", { slow: 900 }, /p95|p99/],
  ["a database that fails", { database: 0.9 }, /database|queries/],
];
for (const [what, trouble, reason] of TRIGGERS) {
  for (const [when, since] of [
    ["at once", exposed],
    ["on day two", dayTwo],
  ] as const) {
    test(`SS-22 SS-01 SS-17: ${what} turns it back ${when}, within five minutes of being seen`, () => {
      const story = dayOf(policy, {
        ...patch,
        faults: { troubles: [{ ...trouble, from: since }] },
      });
      turnedBack(story);
      const decided = story.the("RollbackDecided");
      assert.ok(decided.event.automatic);
      assert.match(decided.event.reason, reason);
      assert.ok(story.the("ReleaseEnded").at - since <= 8 * MINUTE);
    });
  }
}

test("SS-17 SS-25: the hours after a release are held against errors, p99, queries, cache hits, CPU and memory", () => {
  const limits = Object.values(policy.objectives).map((objective) => {
    const limit = "least" in objective ? objective.least : objective.most;
    return [objective.measure, limit];
  });
  assert.deepEqual(limits, [
    ["error-rate", 10],
    ["p99", 400],
    ["database-error-rate", 10],
    ["cache-hits", 9000],
    ["cpu", 8000],
    ["memory", 8500],
  ]);
  assert.ok(policy.guard.look[0] !== undefined && policy.guard.look[0].every <= 5 * MINUTE);
});

test("SS-22 SS-24: the old version gets all traffic, the new one stops, caches are cleared, services and data verified", () => {
  const story = dayOf(policy, { ...patch, faults: { errors: 0.5 } });
  assert.deepEqual(story.steps.slice(-5), [
    "rollback/undo-1-shift",
    "rollback/undo-2-retire",
    "rollback/verify-1-run",
    "rollback/verify-2-verify",
    "rollback/verify-3-run",
  ]);
  assert.deepEqual(story.commands("rollback/verify-1-run"), ["scripts/clear-caches.sh"]);
  assert.deepEqual(story.commands("rollback/verify-3-run"), ["scripts/check-integrity.sh"]);
});

test("SS-09 SS-22: with each part taking as long as it may, it is back within the five minutes, let alone fifteen", () => {
  const takes = {
    "rollback/undo-1-shift": 10 * SECOND,
    "rollback/undo-2-retire": 30 * SECOND,
    "rollback/verify-1-run": 30 * SECOND,
    "rollback/verify-2-verify/1/1": MINUTE,
    "rollback/verify-2-verify/1/": 30 * SECOND,
    "rollback/verify-3-run": 45 * SECOND,
  };
  const story = dayOf(policy, { ...patch, faults: { takes, unhealthy: true } });
  turnedBack(story);
  assert.ok(wayBack(story) >= 4 * MINUTE, "it took nearly all of its bound");
  assert.deepEqual([policy.rollback.target, policy.rollback.most], [5 * MINUTE, 15 * MINUTE]);
});

test("SS-22 SS-24 SS-28: the team, customers and the status page are told that we go back and why, and when it is done", () => {
  const story = dayOf(policy, { ...patch, faults: { errors: 0.5 } });
  const told = story.sent.filter(({ moment }) => moment.startsWith("roll"));
  assert.deepEqual(
    told.map(({ moment, channel }) => `${moment} -> ${channel}`),
    [
      "rollback -> team",
      "rollback -> status-page",
      "rollback -> customers",
      "rolled-back -> team",
      "rolled-back -> status-page",
    ],
  );
  assert.match(told[2]?.facts["reason"] ?? "", /fail/);
});

test("SS-22: data corruption is seen by people: the VP orders the rollback, and the reason is kept", () => {
  const order: Act = {
    at: dayTwo,
    when: ({ stand }) => stand.at === "phase",
    say: { ask: "rollback", by: "vp@example.test", reason: "balances are written twice" },
  };
  const story = dayOf(policy, { ...patch, acts: [order] });
  turnedBack(story);
  const { by, event } = story.the("RollbackDecided");
  assert.deepEqual(
    [by, event.automatic, event.reason],
    ["vp@example.test", false, "balances are written twice"],
  );
});

const revert = { type: "coordinated-rollback", begin: at("2026-02-12T10:00") };

test("SS-23: a coordinated rollback is a release that reverts: agreed by the VP, support told, tagged, deployed as usual", () => {
  const story = dayOf(policy, revert);
  assert.equal(story.end, "stable");
  assert.deepEqual(policy.types["coordinated-rollback"]?.allows, ["revert"]);
  assert.deepEqual(story.lifters("revert-agreed"), [
    "vp@example.test as vp-engineering",
    "release1@example.test as release-engineer",
  ]);
  assert.deepEqual(story.lifters("support-told"), ["support1@example.test"]);
  assert.deepEqual(story.phases.slice(1, 4), ["images", "staging", "production"]);
  assert.deepEqual(story.tags, ["v1.4.1"]);
  assert.deepEqual(
    story.all("DebtMade").map(({ event }) => event.what),
    ["The post-mortem is written, with the root cause and the fix planned"],
  );
});

test("SS-23: without the VP there is no coordinated rollback", () => {
  const absent = peopleOf(policy, "vp-engineering");
  const held = dayOf(policy, { ...revert, faults: { absent }, horizon: HOUR });
  assert.deepEqual(holdsOf(held), [["revert-agreed", "1 more of vp-engineering"]]);
});

test("SS-18 SS-13: a minor is tagged at T-0, published at T+90 and in the changelog when stable; turned back later, it is withdrawn", () => {
  const minor = { type: "minor", begin: at("2026-01-20T09:00"), zero: at("2026-02-05T14:00") };
  const shipped = dayOf(policy, minor);
  assert.deepEqual(recorded(shipped), ["tag v1.4.1", "publish", "write"]);
  assert.equal(shipped.opened("images"), shipped.released("start") + 100);
  const late = { errors: 0.3, from: shipped.opened("first-hour") + 30 * MINUTE };
  const back = dayOf(policy, { ...minor, faults: { troubles: [late] } });
  assert.equal(back.end, "rolled-back");
  assert.deepEqual(recorded(back), ["tag v1.4.1", "publish", "publish withdrawn"]);
});
