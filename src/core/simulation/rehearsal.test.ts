import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { canonical } from "../base/canonical.ts";
import { DAY } from "../base/time.ts";
import { fakePolicy, type Loose } from "../policy/policy.fake.ts";
import { policyShape } from "../policy/policy.ts";
import { randomPolicy } from "../release/random.fake.ts";
import { rehearsalReport } from "../reports/rehearsal.ts";
import { chanceFrom } from "./chance.ts";
import { type Rehearsed, rehearse, rehearsePlan, type Wish } from "./rehearsal.ts";

const FROM = Date.UTC(2026, 2, 2);

function lived(wish: Partial<Wish> = {}, change: (text: Loose) => void = () => {}): Rehearsed {
  const done = rehearse(fakePolicy(change), { type: "patch", from: FROM, seed: 1, ...wish });
  if (!done.ok) throw new Error(done.error);
  return done.value;
}
const told = (of: Rehearsed) => rehearsalReport(of.plan, of.happened);
const endOf = (of: Rehearsed) => told(of).end?.how ?? "stands still";

test("a release goes at the earliest slot that leaves time for its whole timeline", () => {
  const { plan, because } = lived({}, (text) => {
    text.types.patch.cadence = ["tuesday"];
    text.phases.checks.opens = "T-2 weeks";
  });
  assert.equal(new Date(plan.at).toISOString(), "2026-03-17T10:00:00.000Z");
  assert.match(because?.join() ?? "", /checks opens at T-2 weeks, .*window "tuesday" is shut/);
});

test("where all goes well it gets stable, with every hold, who could lift it, and the times of every step", () => {
  const report = told(lived());
  assert.equal(report.end?.how, "stable");
  const [checks, staging, production] = report.phases;
  const agreed = checks?.holds.find(({ gate }) => gate === "agreed");
  assert.ok(agreed && agreed.until !== null && agreed.until > agreed.since);
  assert.match(
    agreed.lift.join(),
    /lead approves \(lead@example\.test, deputy@example\.test, third@example\.test\)/,
  );
  assert.deepEqual(
    staging?.steps.map(({ step }) => step),
    ["1-deploy", "2-smoke", "3-promote"],
  );
  assert.ok(production?.steps.every(({ until, since }) => until !== null && until >= since));
  assert.equal(report.wayBack.slowest, "production/3-shift");
  assert.equal(report.noReturn?.step, "production/5-promote");
  assert.ok(report.noReturn?.at);
});

test("a step that fails leads to the way back, which is measured against its bound", () => {
  const report = told(lived({ fails: [{ kind: "watch" }] }));
  assert.equal(report.end?.how, "stable", "a watch asks nothing, so nothing of it can fail");
  const back = told(lived({ fails: [{ kind: "announce" }] }));
  assert.equal(back.end, null, "after the point of no return it stops for a person");
  assert.match(
    back.moments.at(-1)?.what ?? "",
    /stopped: .*no way back after production\/5-promote/,
  );
  const gone = told(lived({ fails: [{ kind: "deploy", phase: "production" }] }));
  assert.equal(gone.end?.how, "rolled-back");
  assert.ok(gone.wayBack.gone?.took !== null && gone.wayBack.gone !== null);
  assert.ok(gone.wayBack.gone.took <= gone.wayBack.bound);
});

test("errors of the new version turn it back, those of the old one do not", () => {
  const change = (text: Loose) => {
    text.rollback.on = { errors: { above: "5 %" } };
  };
  assert.equal(endOf(lived({ troubles: [{ of: "canary", errors: 0.3 }] }, change)), "rolled-back");
  assert.equal(endOf(lived({ troubles: [{ of: "stable", errors: 0.3 }] }, change)), "stable");
});

test("a role that is absent holds its sign-off to the end; a person alone has others", () => {
  const held = lived({ absent: ["qa"] });
  assert.equal(endOf(held), "stands still");
  assert.equal(
    told(held)
      .phases.at(-1)
      ?.holds.find(({ gate }) => gate === "agreed")?.until,
    null,
  );
  assert.equal(endOf(lived({ absent: ["qa@example.test"] })), "stable");
});

test("a deputy counts for whoever is absent", () => {
  const change = (text: Loose) => {
    text.roles.qa = { people: ["qa@example.test"], deputies: ["stand-in@example.test"] };
  };
  assert.equal(endOf(lived({ absent: ["qa"] }, change)), "stable");
});

test("a worker that dies at any event is followed by another, and the release ends the same", () => {
  const events = lived().happened.length;
  for (let crashAt = 1; crashAt <= events; crashAt += 7) {
    const crashed = lived({ crashAt });
    assert.equal(endOf(crashed), "stable", `${crashAt}`);
    assert.ok(crashed.crashedAt !== null, `${crashAt}`);
  }
});

test("the same seed gives the same run, another seed another", () => {
  const [one, two, other] = [1, 1, 2].map((seed) => canonical(lived({ seed }).happened));
  assert.equal(one, two);
  assert.notEqual(one, other);
});

test("a wish that means nothing in the policy is told as a phrase", () => {
  const errors = [
    { type: "none" },
    { fails: [{ kind: "backup" }] },
    { fails: [{ kind: "deploy", phase: "checks" }] },
    { absent: ["nobody@example.test"] },
    { type: "constructor" },
  ].map((wish) => rehearse(fakePolicy(), { type: "patch", from: FROM, seed: 1, ...wish }));
  assert.deepEqual(
    errors.map((error) => (error.ok ? "" : error.error)),
    [
      "the policy has no release type none",
      "the release has no step backup",
      "the release has no step deploy in checks",
      "nobody@example.test is neither a role nor a person of the policy",
      "the policy has no release type constructor",
    ],
  );
});

test("every random policy can be rehearsed, and what is told of it is in order", () => {
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const policy = policyShape.parse(randomPolicy(chanceFrom(seed)));
      const done = rehearse(policy, { type: "any", from: DAY, seed });
      assert.ok(done.ok);
      const { phases, wayBack } = rehearsalReport(done.value.plan, done.value.happened);
      const opened = phases.map(({ openedAt }) => openedAt);
      assert.deepEqual(
        opened,
        opened.toSorted((a, b) => a - b),
      );
      assert.ok(wayBack.bound >= 0);
    }),
    { numRuns: 20, seed: 11 },
  );
});

test("a plan is lived as it was planned, and the same from the same seed", () => {
  const { plan } = lived();
  const again = rehearsePlan(plan, 3);
  assert.deepEqual([again.whole, again.release.stand.at], [true, "ended"]);
  assert.deepEqual(rehearsePlan(plan, 3), again);
  assert.equal(again.happened[0]?.at, plan.plannedAt);
});
