import assert from "node:assert/strict";
import { test } from "node:test";
import { DAY } from "../base/time.ts";
import type { Answer } from "../gates/gate.ts";
import type { PolicyText } from "../policy/policy.ts";
import { claimedAt } from "./claims.ts";
import { DONE, LEAD, planFrom, type Story, story, withSteps } from "./given.fake.ts";

const CLAIMED: Answer = { outcome: "done", facts: { claimed: "production" } };
const PLACE: Answer = {
  outcome: "done",
  facts: { place: "limit/patch/day/1970-01-01/1", ends: DAY },
};
const FREE = "free/limit/patch/day";

const POLICY: PolicyText = {
  ...withSteps([{ run: { run: ["work"] } }]),
  gates: {
    few: { limit: { most: 2, per: "day" } },
    alone: { exclusive: { environment: "production" } },
    agreed: { signoff: { roles: { lead: 1 } } },
  },
  phases: {
    production: {
      environment: "production",
      gates: ["few", "alone", "agreed"],
      steps: [{ run: { run: ["work"] } }],
    },
  },
};

const held = (): Story => story(planFrom(POLICY));
const abort = (told: Story) => told.ask({ ask: "abort", by: LEAD, reason: "not today" });

test("a place is asked for only by who has its environment, so that no two releases wait for each other", () => {
  const told = held();
  assert.deepEqual(told.wanted(), ["production/alone/1"]);
  told.answer({ outcome: "failed", reason: "production is taken by release a" });
  assert.ok(!told.wanted().includes("production/few/1"));
  told.pass(60_000);
  told.answer(CLAIMED, "production/alone/2");
  assert.deepEqual(told.wanted(), ["production/few/1"]);
});

test("environments are claimed one after the other, by their names", () => {
  const gates = {
    second: { exclusive: { environment: "staging" } },
    first: { exclusive: { environment: "production" } },
  };
  const phases = {
    production: {
      environment: "production",
      gates: ["second", "first"],
      steps: POLICY.phases["production"]?.steps,
    },
  };
  const told = story(planFrom({ ...POLICY, gates, phases }));
  assert.deepEqual(told.wanted(), ["production/first/1"]);
  told.answer(CLAIMED);
  assert.deepEqual(told.wanted(), ["production/second/1"]);
});

test("an environment that nobody need have, because its gate is waived, keeps no place back", () => {
  const told = held();
  told.ask({ ask: "waive", by: LEAD, gate: "alone", reason: "the holder is gone" });
  assert.deepEqual(told.wanted(), ["production/few/1"]);
});

test("a place counts from when it is asked for: a release that ends meanwhile gives it back, whatever is answered", () => {
  const told = held();
  told.answer(CLAIMED);
  assert.deepEqual(told.wanted(), ["production/few/1"]);
  abort(told);
  assert.deepEqual(told.wanted().toSorted(), [FREE, "free/production"]);
  told.answer(DONE, FREE);
  assert.deepEqual(told.release().places, []);
  assert.deepEqual(told.wanted(), ["free/production"]);
});

test("a place that was given is given back by a release that ends without any work", () => {
  const told = held();
  told.answer(CLAIMED);
  told.answer(PLACE);
  abort(told);
  assert.ok(told.wanted().includes(FREE));
});

test("once work has begun the place is used up, however the release ends", () => {
  const told = held();
  told.answer(CLAIMED);
  told.answer(PLACE);
  told.ask({ ask: "approve", by: LEAD, gate: "agreed", role: "lead" });
  assert.deepEqual(told.wanted(), ["production/1-run/1/1"]);
  told.answer({ outcome: "done", facts: { exit: 1 } });
  abort(told);
  assert.equal(told.release().stand.at, "ended");
  assert.deepEqual(told.wanted(), ["free/production"]);
});

test("planned again with fewer places, it gives back any of those there were", () => {
  const places = (most: number) => {
    const plan = planFrom({
      ...POLICY,
      gates: { ...POLICY.gates, few: { limit: { most, per: "day" } } },
    });
    return { ...held().release(), plan };
  };
  const [few, many] = [places(1), places(5)];
  assert.deepEqual(
    claimedAt(few, "production").places.map(({ most }) => most),
    [2],
  );
  assert.deepEqual(
    claimedAt(many, "production").places.map(({ most }) => most),
    [5],
  );
});
