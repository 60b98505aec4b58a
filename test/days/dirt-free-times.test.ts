// Dirt Free CRM: its time boxes, what it tells a day before, and what a release owes afterwards.
import assert from "node:assert/strict";
import { test } from "node:test";
import { DAY, HOUR, MINUTE } from "#core/base/time.ts";
import { boundOf } from "#core/policy/rollback-plan.ts";
import { stepSpec } from "#core/policy/specs.ts";
import { clock, policyOf } from "./day.ts";
import { dayOf, holdsOf, recorded, says, timeline } from "./questions.ts";

const policy = await policyOf("dirt-free-crm");
const at = clock(policy.zone);
const standard = {
  type: "standard",
  begin: at("2026-01-23T09:00"),
  zero: at("2026-01-27T10:00"),
};
const day = dayOf(policy, standard);
const night = at("2026-12-26T02:00");

test("DF-35 DF-05: customers are told of an update at least a day before, and a release of which they were not is held", () => {
  const [told] = day.sent.filter(({ message }) => message === "planned-maintenance");
  assert.equal(told?.channel, "customers");
  assert.ok(day.released("standard-go") - (told?.at ?? 0) >= DAY);
  const answers = { "customers/customers-told": { outcome: "failed", reason: "no mail" } } as const;
  const held = dayOf(policy, { ...standard, faults: { answers }, horizon: 5 * DAY });
  assert.match(holdsOf(held)[0]?.join() ?? "", /^customers-told,customers was not told: no mail/);
});

test("DF-22 DF-36: a standard release owes its day, its week and its review, counted from its end, and each is settled", () => {
  const { at: ended } = day.the("ReleaseEnded");
  const owed = day.all("DebtMade").map(({ event }) => [event.roles.join(), event.due - ended]);
  assert.deepEqual(owed, [
    ["operations", DAY],
    ["product-owner", 7 * DAY],
    ["lead-developer", 2 * DAY],
  ]);
  assert.ok(day.release.debts.every(({ settled }) => settled !== null));
});

test("DF-36 DF-22: while a review is overdue the next standard release is held", () => {
  const overdue = says({ overdue: 1, what: "the review of 1.4.0", lift: "lead-developer" });
  const answers = { "complete/nothing-owed": overdue };
  const held = dayOf(policy, { ...standard, faults: { answers }, horizon: 5 * DAY });
  assert.deepEqual(holdsOf(held), [["nothing-owed", "overdue: the review of 1.4.0"]]);
});

test("DF-24 DF-04: each box of a hotfix that runs out is told, and stops nothing", () => {
  const takes = { "emergency/critical-paths": 5 * HOUR };
  const slow = dayOf(policy, { type: "hotfix", begin: night, faults: { takes } });
  assert.equal(slow.end, "stable");
  assert.deepEqual(
    slow.all("ClockMissed").map(({ event, at: when }) => [event.clock, when - night]),
    [
      ["developed", 150 * MINUTE],
      ["agreed", 3 * HOUR],
      ["out", 4 * HOUR],
    ],
  );
});

test("DF-03: a patch that is not out three days after it was planned is told", () => {
  const begin = at("2026-01-21T09:00");
  const takes = { "limited/critical-paths": 4 * DAY };
  const slow = dayOf(policy, { type: "patch", begin, faults: { takes } });
  const [missed] = slow.all("ClockMissed");
  assert.deepEqual([missed?.event.clock, missed?.at], ["out", begin + 3 * DAY]);
});

test("DF-37 DF-20: what a deployment may take at most fits into its hour", () => {
  assert.equal(policy.targets["deployment"]?.within, HOUR);
  const bound = (policy.phases["production"]?.steps ?? [])
    .map(stepSpec)
    .reduce((sum, step) => sum + boundOf([step]), 0);
  assert.ok(bound <= HOUR, `${bound / MINUTE} min`);
});

test("DF-05: a major is planned at least three weeks ahead, and told, listed and watched more than others", () => {
  const major = { type: "major", begin: at("2026-02-23T09:00"), zero: at("2026-03-17T10:00") };
  const story = dayOf(policy, major);
  assert.equal(story.end, "stable");
  assert.equal(policy.types["major"]?.lead, 21 * DAY);
  assert.deepEqual(timeline(story, ["customers", "hour-before", "major-go"]), [
    "Sat 2026-03-14 10:00 customers",
    "Tue 2026-03-17 09:00 hour-before",
    "Tue 2026-03-17 10:00 major-go",
  ]);
});

test("DF-02: a standard release whose T-0 falls in the first of two weeks waits for the second", () => {
  const early = dayOf(policy, {
    ...standard,
    begin: at("2026-01-15T09:00"),
    zero: at("2026-01-20T10:00"),
  });
  assert.equal(early.opened("standard-go"), at("2026-01-20T10:00"));
  assert.equal(early.released("standard-go"), at("2026-01-27T09:00"));
});

test("DF-31 DF-32: rc-v in staging, then production-v, the changelog and the release on GitHub; a hotfix is marked, too", () => {
  const released = ["write", "publish"];
  assert.deepEqual(recorded(day), ["tag rc-v1.4.1", "tag production-v1.4.1", ...released]);
  assert.deepEqual(recorded(dayOf(policy, { type: "hotfix", begin: night })), [
    ...["tag rc-v1.4.1", "tag production-v1.4.1", "tag hotfix-v1.4.1"],
    ...released,
  ]);
});
