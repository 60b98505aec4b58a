// SwipeSavvy: a major, by its timeline of five weeks, and blue/green.
import assert from "node:assert/strict";
import { test } from "node:test";
import { DAY, HOUR } from "#core/base/time.ts";
import { clock, policyOf } from "./day.ts";
import { dayOf, holdsOf, peopleOf, says, timeline } from "./questions.ts";

const policy = await policyOf("swipesavvy");
const at = clock(policy.zone);
const major = { type: "major", begin: at("2026-03-02T09:00"), zero: at("2026-04-17T06:00") };
const day = dayOf(policy, major);

test("SS-05 SS-06 SS-13: a major walks its five weeks to a Friday morning of the quarter's first month", () => {
  assert.equal(day.end, "stable");
  assert.deepEqual(day.refusals, []);
  assert.deepEqual(
    timeline(day, [
      ...["major-planning", "major-building", "major-testing", "major-checks", "major-images"],
      ...["major-staging", "major-acceptance", "start"],
    ]),
    [
      "Mon 2026-03-16 06:00 major-planning",
      "Mon 2026-03-23 06:00 major-building",
      "Mon 2026-04-06 06:00 major-testing",
      "Mon 2026-04-13 06:00 major-checks",
      "Tue 2026-04-14 06:00 major-images",
      "Wed 2026-04-15 06:00 major-staging",
      "Thu 2026-04-16 06:00 major-acceptance",
      "Fri 2026-04-17 06:00 start",
    ],
  );
});

test("SS-05: a major that is not ready on its Friday waits for that of the next quarter", () => {
  const late = dayOf(policy, { ...major, zero: at("2026-04-24T06:00"), horizon: 200 * DAY });
  assert.equal(late.released("start"), at("2026-07-17T06:00"));
});

test("SS-06 SS-08: what breaks is listed, its impact known and the migration guide planned in week one", () => {
  assert.deepEqual(day.lifters("major-planned"), ["product1@example.test"]);
  assert.deepEqual(day.lifters("scope"), ["product1@example.test"]);
  assert.deepEqual(day.lifters("capacity"), ["release1@example.test"]);
});

test("SS-05 SS-06: full, load and acceptance tests and the audit each hold a major by themselves", () => {
  const BAD = { tests: { exit: 0, tests: 9, failures: 1, errors: 0 }, "load-tests": { exit: 1 } };
  for (const [gate, facts] of Object.entries(BAD)) {
    const answers = { [`major-testing/${gate}/`]: says(facts) };
    const held = dayOf(policy, { ...major, faults: { answers } });
    assert.equal(held.phases.at(-1), "major-testing", gate);
  }
  assert.deepEqual(day.lifters("uat"), [
    "product1@example.test as product-manager",
    "qa1@example.test as qa-lead",
  ]);
  assert.deepEqual(day.lifters("major-audited"), ["devops1@example.test"]);
});

test("SS-05 SS-16: the CTO and the VP of engineering are the two who say yes to a major", () => {
  assert.deepEqual(day.lifters("major-agreed"), [
    "cto@example.test as cto",
    "vp@example.test as vp-engineering",
  ]);
  const absent = peopleOf(policy, "cto");
  const held = dayOf(policy, { ...major, faults: { absent }, horizon: 60 * DAY });
  assert.deepEqual(holdsOf(held).at(-1), ["major-agreed", "1 more of cto"]);
});

test("SS-21: green gets all tests and warm caches before it gets any traffic, and then all of it at once", () => {
  const green = day.steps.filter((step) => step.startsWith("green/"));
  assert.deepEqual(
    green.map((step) => step.replace(/^green\/\d-/, "")),
    ["announce", "backup", "backup", "backup", "migrate", "deploy", "smoke", "warm"],
  );
  assert.deepEqual(day.commands("green/7-smoke"), ["npm run test:green"]);
  assert.deepEqual(day.weights, [10_000]);
  const answers = { "green/7-smoke": says({ exit: 1 }) };
  const red = dayOf(policy, { ...major, faults: { answers } });
  assert.equal(red.end, "rolled-back");
  assert.ok(!red.weights.some((weight) => weight > 0), "no traffic ever came to it");
});

test("SS-21 SS-05: blue stays ready for an hour and 48 more, watched all the time", () => {
  assert.equal(day.opened("stable") - day.opened("first-hour"), 49 * HOUR);
  const late = { errors: 0.2, from: day.opened("two-days") + 47 * HOUR };
  const back = dayOf(policy, { ...major, faults: { troubles: [late] } });
  assert.equal(back.end, "rolled-back");
  assert.equal(back.weights.at(-1), 0);
});

test("SS-30: once the guide's review is overdue no minor gets further than its plan", () => {
  assert.deepEqual(policy.document?.approvers, ["cto", "vp-engineering", "devops-lead", "qa-lead"]);
  const held = dayOf(policy, {
    type: "minor",
    begin: at("2027-01-25T09:00"),
    zero: at("2027-02-18T14:00"),
  });
  assert.deepEqual(holdsOf(held), [["guide-in-force", "its review was due by 2027-01-19"]]);
});
