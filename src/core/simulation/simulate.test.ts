import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { canonical } from "../base/canonical.ts";
import { DAY, HOUR, MINUTE } from "../base/time.ts";
import { DONE, FAILED, FULL, LEAD, planFrom, QA, withSteps } from "../release/given.fake.ts";
import { randomAnswer, randomCommand, randomPlan } from "../release/random.fake.ts";
import { chanceFrom } from "./chance.ts";
import { type Simulated, simulate, type World } from "./simulate.ts";
import { world } from "./world.ts";

const run = (faults = {}, text = FULL) =>
  simulate(planFrom(text), world(faults), { from: 0, horizon: 10 * DAY });
const endOf = ({ release: { stand } }: Simulated) => (stand.at === "ended" ? stand.how : stand.at);

test("in a world where all goes well a release ends stable, with nothing refused and its environments free", () => {
  const done = run();
  assert.equal(endOf(done), "stable");
  assert.deepEqual(done.refused, []);
  assert.deepEqual(done.release.claims, []);
});

test("time jumps to what happens next: soaks take their time on the virtual clock", () => {
  const { endedAt } = run(
    {},
    withSteps([{ deploy: {} }, { shift: { weights: ["5 %", "100 %"], soak: "6 h" } }]),
  );
  assert.ok(endedAt >= 12 * HOUR && endedAt < 12 * HOUR + 2 * MINUTE, `${endedAt}`);
});

test("a version whose requests fail is rolled back, within the bound that was derived for it", () => {
  const done = run({ errors: 0.5 });
  assert.equal(endOf(done), "rolled-back");
  const decided = done.happened.find(({ event }) => event.type === "RollbackDecided");
  const ended = done.happened.find(({ event }) => event.type === "ReleaseEnded");
  assert.ok(decided?.event.type === "RollbackDecided" && ended !== undefined);
  assert.ok(ended.at - decided.at <= decided.event.bound);
});

test("a version that does not answer its health probe is rolled back", () => {
  assert.equal(endOf(run({ unhealthy: true })), "rolled-back");
});

test("a fault at any step leads to the end that the way back from there allows", () => {
  const ends = [
    "1-backup",
    "2-migrate",
    "3-run",
    "4-deploy",
    "5-shift",
    "6-shift",
    "7-migrate",
    "8-promote",
  ].map((step) => endOf(run({ answers: { [`production/${step}`]: FAILED } })));
  assert.deepEqual(ends, [
    "stopped",
    "stopped",
    "rolled-back",
    "rolled-back",
    "rolled-back",
    "rolled-back",
    "stopped",
    "stopped",
  ]);
});

test("where someone who is needed is absent the release waits, and the simulation ends all the same", () => {
  const done = run({ absent: [LEAD] });
  assert.equal(endOf(done), "phase");
  assert.ok(done.endedAt < 10 * DAY);
  assert.equal(endOf(run({ absent: [QA] })), "phase");
});

test("it stops at the horizon", () => {
  const text = withSteps([{ watch: { for: "48 h" } }]);
  const done = simulate(planFrom(text), world(), { from: 0, horizon: DAY });
  assert.equal(endOf(done), "phase");
  assert.ok(done.endedAt <= DAY);
});

test("commands that are refused are kept, and a world that says nothing else comes to its end", () => {
  const stubborn: World = {
    answer: () => ({ answer: DONE, takes: 1 }),
    people: () => ({ ask: "approve", by: QA, gate: "none" }),
  };
  const done = simulate(planFrom(), stubborn, { from: 0, horizon: DAY });
  assert.equal(done.refused.length, 1000);
  assert.equal(done.refused[0]?.refusal.code, "no-gate");
});

/** A world from a seed: delays, failures, and people who say anything. */
function wild(seed: number): World {
  const chance = chanceFrom(seed);
  return {
    answer: (intent, _release, now) => ({
      answer: randomAnswer(chance, intent, now),
      takes: chance.upTo(2 * MINUTE),
    }),
    people: (release) => (chance.is(0.3) ? randomCommand(chance, release) : null),
  };
}

test("the same seed gives the same run, event by event", () => {
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const [one, two] = [1, 2].map(() =>
        simulate(randomPlan(chanceFrom(seed)), wild(seed), { from: 0, horizon: DAY }),
      );
      assert.equal(canonical(one?.happened), canonical(two?.happened));
    }),
    { numRuns: 30, seed: 5 },
  );
});

test("of a life without end so much is looked at as was said, and that it is not whole is told", () => {
  const cut = simulate(planFrom(), world({}), { from: 0, horizon: 10 * DAY, most: 5 });
  assert.equal(cut.whole, false);
  assert.ok(cut.happened.length < run().happened.length && cut.release.stand.at !== "ended");
  assert.equal(run().whole, true);
});
