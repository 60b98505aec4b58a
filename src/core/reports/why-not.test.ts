import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { HOUR } from "../base/time.ts";
import { DONE, LEAD, planFrom, QA, story, withSteps } from "../release/given.fake.ts";
import { randomPlan } from "../release/random.fake.ts";
import { chanceFrom } from "../simulation/chance.ts";
import { simulate } from "../simulation/simulate.ts";
import { world } from "../simulation/world.ts";
import { statusReport } from "./status.ts";

test("the holds of later phases are told, with what they ask; those of this phase are not among them", () => {
  const told = story(planFrom());
  const report = () => statusReport(told.release(), told.now());
  assert.deepEqual(
    report().ahead.map(({ phase, gate }) => `${phase}/${gate}`),
    ["approve/go-no-go", "approve/list", "production/alone"],
    "a witness holds nothing",
  );
  assert.equal(report().ahead[0]?.asks, "1 lead and 1 qa approve, never who wrote it");
  told.answer(DONE, "build/tests");
  assert.deepEqual(
    report().holds.map(({ name }) => name),
    ["go-no-go", "list"],
  );
  assert.deepEqual(
    report().ahead.map(({ gate }) => gate),
    ["alone"],
  );
});

test("lifting exactly the holds lets the phase go, and leaving any one of them out does not", () => {
  const lifts = [
    { ask: "approve", by: LEAD, gate: "go-no-go" },
    { ask: "approve", by: QA, gate: "go-no-go" },
    { ask: "tick", by: LEAD, gate: "list", item: "plan" },
  ] as const;
  for (const left of [null, ...lifts]) {
    const told = story(planFrom());
    told.answer(DONE, "build/tests");
    for (const lift of lifts) if (lift !== left) told.ask(lift);
    assert.equal(
      statusReport(told.release(), told.now()).phases[1]?.state,
      left === null ? "passed" : "held",
    );
  }
});

test("a phase that opens later moves the earliest slot to its opening", () => {
  const plan = planFrom(
    withSteps([{ deploy: {} }], {
      phases: {
        production: { opens: "T+3 h", environment: "production", steps: [{ deploy: {} }] },
      },
    }),
  );
  const told = story(plan);
  const { earliest, why } = statusReport(told.release(), told.now());
  assert.equal(why, "phase production opens later");
  assert.equal(earliest?.at, 3 * HOUR);
  assert.match(earliest?.because.join() ?? "", /^phase production opens then, so not before/);
});

test("a release that is held for good says so, and one that goes on says nothing; never both", () => {
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const plan = randomPlan(chanceFrom(seed));
      const { release, endedAt } = simulate(plan, world(), { from: 0, horizon: 72 * HOUR });
      const { why, holds, ahead, status } = statusReport(release, endedAt);
      if (holds.length > 0) assert.ok(why !== "", status);
      if (status === "stable") assert.deepEqual([why, holds, ahead], ["", [], []]);
    }),
    { numRuns: 60, seed: 13 },
  );
});
