import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { MINUTE, SECOND } from "../base/time.ts";
import { chanceFrom } from "../simulation/chance.ts";
import { stepKind } from "../steps/table.ts";
import {
  DONE,
  errorsAt,
  FAILED,
  goAhead,
  LEAD,
  OPS,
  planFrom,
  type Story,
  story,
  UNKNOWN,
  wellAt,
  withSteps,
} from "./given.fake.ts";
import type { Plan, PlannedStep } from "./plan.ts";
import { randomPlan } from "./random.fake.ts";
import { rollbackPlan } from "./rollback.ts";

const stepsOf = (plan: Plan) => plan.phases.flatMap((phase) => phase.steps);
const kindsOf = (steps: readonly PlannedStep[]) => steps.map(({ kind }) => kind);

/** The way back of `FULL` once this many of its steps have begun. */
const BACK: readonly (readonly [number, readonly string[]])[] = [
  [0, []],
  [1, []],
  [2, []],
  [3, ["run", "verify"]],
  [4, ["retire", "run", "verify"]],
  [5, ["shift", "retire", "run", "verify"]],
  [6, ["shift", "retire", "run", "verify"]],
  [7, []],
  [8, []],
];
for (const [count, wanted] of BACK) {
  test(`the way back after ${count} steps of the full policy is: ${wanted.join(", ") || "nothing"}`, () => {
    const plan = planFrom();
    const begun = stepsOf(plan).slice(0, count);
    assert.deepEqual(kindsOf(rollbackPlan(plan, begun).steps), wanted);
  });
}

test("after the contract there is no way back, and its step and reason are named", () => {
  const plan = planFrom();
  assert.equal(rollbackPlan(plan, stepsOf(plan).slice(0, 6)).noReturn, null);
  for (const count of [7, 8]) {
    const { noReturn, bound } = rollbackPlan(plan, stepsOf(plan).slice(0, count));
    assert.equal(noReturn?.step, "production/7-migrate");
    assert.match(noReturn?.why ?? "", /contracted schema/);
    assert.equal(bound, 0);
  }
});

test("what was written and published is marked as withdrawn last, after the old version was proved, outside the promised time", () => {
  const steps = [{ write: { branch: "main" } }, { publish: {} }, { deploy: {} }];
  const plan = planFrom(withSteps(steps));
  const way = rollbackPlan(plan, stepsOf(plan));
  assert.deepEqual(kindsOf(way.steps), ["retire", "verify", "publish", "write"]);
  assert.deepEqual(
    way.steps.slice(2).map(({ id, config }) => [id, (config as { withdrawn: boolean }).withdrawn]),
    [
      ["rollback/record-1-publish", true],
      ["rollback/record-2-write", true],
    ],
  );
  const brought = rollbackPlan(planFrom(withSteps([{ deploy: {} }])), stepsOf(plan).slice(2));
  assert.equal(way.bound, brought.bound);
  const recordsOnly = rollbackPlan(plan, stepsOf(plan).slice(0, 2));
  assert.deepEqual(kindsOf(recordsOnly.steps), ["publish", "write"]);
});

test("the bound is the time to decide and that of every step of the way back", () => {
  const plan = planFrom();
  const { bound } = rollbackPlan(plan, stepsOf(plan).slice(0, 6));
  const [decide, weigh, retire, unwarn, verify] = [
    5 * SECOND,
    10 * SECOND,
    30 * SECOND,
    10 * MINUTE,
    MINUTE,
  ];
  assert.equal(bound, decide + weigh + retire + unwarn + verify);
});

test("what several steps want undone alike is done once, after all that was begun since the first of them", () => {
  const plan = planFrom(
    withSteps([
      { deploy: {} },
      { shift: { weights: ["5 %"] } },
      { migrate: { part: "contract", run: ["contract"], undo: ["widen"] } },
      { deploy: {} },
      { shift: { weights: ["50 %"] } },
    ]),
  );
  assert.deepEqual(kindsOf(rollbackPlan(plan, stepsOf(plan)).undo), ["run", "shift", "retire"]);
});

test("a promote in one environment leaves the way back in the next one open", () => {
  const steps = [{ deploy: {} }, { shift: { weights: ["100 %"] } }, { promote: {} }];
  const plan = planFrom(
    withSteps([], {
      phases: {
        staging: { environment: "staging", steps },
        production: { environment: "production", steps },
      },
      types: { patch: { bumps: ["patch"], phases: ["staging", "production"] } },
    }),
  );
  const all = stepsOf(plan);
  assert.equal(rollbackPlan(plan, all.slice(0, 3)).noReturn?.step, "staging/3-promote");
  const way = rollbackPlan(plan, all.slice(0, 5));
  assert.equal(way.noReturn, null);
  assert.deepEqual(
    way.steps.map(({ kind, environment }) => `${kind} ${environment}`),
    ["shift production", "retire production", "verify production"],
  );
  assert.equal(rollbackPlan(plan, all).noReturn?.step, "production/3-promote");
});

test("what cannot be undone and has no environment closes every way back", () => {
  const text = withSteps([{ deploy: {} }]);
  const phases = {
    publish: { steps: [{ run: { run: ["publish"], irreversible: true } }] },
    ...text.phases,
  };
  const plan = planFrom({
    ...text,
    phases,
    types: { patch: { bumps: ["patch"], phases: ["publish", "production"] } },
  });
  assert.equal(rollbackPlan(plan, stepsOf(plan)).noReturn?.step, "publish/1-run");
});

test("where no environment was touched nothing is verified", () => {
  const text = withSteps([]);
  const phases = { build: { steps: [{ run: { run: ["add"], undo: ["remove"] } }] } };
  const plan = planFrom({
    ...text,
    phases,
    types: { patch: { bumps: ["patch"], phases: ["build"] } },
  });
  assert.deepEqual(kindsOf(rollbackPlan(plan, stepsOf(plan)).steps), ["run"]);
  const told = story(plan);
  told.answer(FAILED, "build/1-run");
  told.answer(DONE, "rollback/undo-1-run");
  assert.equal(endOf(told), "rolled-back");
});

test("on every way back: keys are unique, nothing is undone twice, and traffic leaves before its version is stopped", () => {
  fc.assert(
    fc.property(fc.integer(), fc.nat(30), (seed, count) => {
      const plan = randomPlan(chanceFrom(seed));
      const begun = stepsOf(plan).slice(0, count);
      const { undo, steps, bound, noReturn } = rollbackPlan(plan, begun);
      assert.equal(new Set(steps.map(({ id }) => id)).size, steps.length);
      const said = undo.map(({ id: _, ...step }) => JSON.stringify(step));
      assert.equal(new Set(said).size, said.length);
      undo.forEach(({ kind, environment }, at) => {
        const later = undo.slice(at + 1).filter((step) => step.environment === environment);
        if (kind === "retire") assert.ok(!kindsOf(later).includes("shift"));
      });
      const records = steps.findIndex(({ id }) => id.startsWith("rollback/record-"));
      const back = records < 0 ? steps : steps.slice(0, records);
      assert.ok(steps.slice(back.length).every(({ id }) => id.startsWith("rollback/record-")));
      const work = back.reduce((sum, { kind, config }) => sum + stepKind(kind).bound(config), 0);
      assert.equal(bound, steps.length === 0 ? 0 : 5 * SECOND + work);
      if (noReturn !== null) assert.deepEqual(steps, []);
    }),
    { numRuns: 300, seed: 11 },
  );
});

const endOf = (told: Story) => {
  const { stand } = told.release();
  return stand.at === "ended" ? stand.how : stand.at;
};
const exposed = () => {
  const told = goAhead();
  told.until("production/5-shift/1/2");
  return told;
};

test("a step that has failed for good turns the release back by itself", () => {
  const told = goAhead();
  told.until("production/4-deploy");
  told.answer(FAILED);
  const { stand } = told.release();
  assert.equal(stand.at === "rollback" && stand.reason, "production/4-deploy failed: it broke");
  told.answer(DONE, "rollback/undo-1-retire");
  told.answer(DONE, "rollback/undo-2-run");
  told.answer(DONE, "rollback/verify-1-verify");
  assert.equal(endOf(told), "rolled-back");
  assert.deepEqual(told.wanted(), ["free/production"]);
});

test("a step that failed before anything had an effect stops the release for a person, and retry goes on", () => {
  const told = goAhead();
  told.answer(FAILED, "production/1-backup/1/1");
  assert.equal(endOf(told), "stopped");
  told.ask({ ask: "retry", by: LEAD });
  assert.deepEqual(told.wanted(), ["production/1-backup/2/1"]);
});

test("the judge turns the release back, and the time of the first bad look is kept", () => {
  const told = exposed();
  told.pass(5 * SECOND);
  told.answer(errorsAt(told.now(), 500), "look/");
  const decided = told.happened().find(({ event }) => event.type === "RollbackDecided")?.event;
  assert.equal(decided?.type === "RollbackDecided" && decided.badSince, told.now());
  assert.deepEqual(told.wanted(), ["rollback/undo-1-shift/1/1"]);
});

test("a person of the rollback's roles turns the release back, also while a step is in doubt", () => {
  const told = goAhead();
  told.until("production/4-deploy");
  told.answer(UNKNOWN);
  assert.equal(told.ask({ ask: "rollback", by: OPS, reason: "no time to find out" }).ok, true);
  assert.deepEqual(told.wanted(), ["rollback/undo-1-retire/1/1"]);
});

test("an answer to a forward step that comes after the rollback was decided is dropped", () => {
  const told = exposed();
  told.ask({ ask: "rollback", by: OPS, reason: "complaints" });
  const before = told.release();
  const intent = "sample-1.0.1/production/5-shift/1/2";
  for (const answer of [DONE, FAILED, UNKNOWN]) {
    const late = told.ask({ ask: "answer", by: "holdpoint", intent, answer });
    assert.deepEqual(late.ok && late.value.happened, []);
  }
  assert.deepEqual(told.release(), before);
});

test("a failure inside a rollback stops it for a person, and retry takes it up under new keys", () => {
  const told = exposed();
  told.ask({ ask: "rollback", by: OPS, reason: "complaints" });
  told.answer(DONE, "rollback/undo-1-shift");
  for (let attempt = 1; attempt <= 4; attempt += 1) {
    told.until(`rollback/undo-2-retire/${attempt}/1`);
    told.answer(FAILED);
  }
  const { stand } = told.release();
  assert.match(
    stand.at === "stopped" ? stand.reason : "",
    /rollback\/undo-2-retire failed: it broke/,
  );
  told.ask({ ask: "retry", by: LEAD });
  assert.deepEqual(told.wanted(), ["rollback/undo-2-retire/5/1"]);
  told.until("free/");
  assert.equal(endOf(told), "rolled-back");
});

test("past the point of no return a failure stops the release and says after which step", () => {
  const told = goAhead();
  told.until("production/7-migrate");
  told.answer(FAILED);
  const { stand } = told.release();
  assert.equal(
    stand.at === "stopped" && stand.reason,
    "production/7-migrate failed: it broke; there is no way back after production/7-migrate: the contracted schema no longer carries the stable version",
  );
});

test("past the point of no return a person may have a release go on that the judge has stopped, until its next look", () => {
  const told = goAhead();
  told.until("production/7-migrate");
  told.pass(5 * SECOND);
  told.answer(errorsAt(told.now(), 500), "look/");
  assert.equal(endOf(told), "stopped");
  told.ask({ ask: "retry", by: LEAD });
  assert.equal(endOf(told), "phase");
  told.pass(5 * SECOND);
  told.answer(errorsAt(told.now(), 800), "look/");
  assert.equal(endOf(told), "stopped");
});

test("steps that verify after a rollback do not wait for what the judge said of the version that is gone", () => {
  const told = story(
    planFrom({
      ...withSteps([{ deploy: {} }, { shift: { weights: ["5 %"], soak: "1 min" } }]),
      rollback: {
        target: "5 min",
        on: { errors: { above: "5 %" } },
        verify: [{ watch: { for: "1 min" } }],
      },
    }),
  );
  told.until("look/2");
  told.answer(errorsAt(told.now(), 500), "look/");
  told.answer(DONE, "rollback/undo-1-shift");
  told.answer(DONE, "rollback/undo-2-retire");
  told.pass(MINUTE);
  assert.equal(endOf(told), "rolled-back");
});

test("looks that fail hold the release and never turn it back", () => {
  for (const answer of [FAILED, UNKNOWN]) {
    const told = exposed();
    for (let looks = 0; looks < 20; looks += 1) {
      told.pass(5 * SECOND);
      told.answer(answer, "look/");
    }
    assert.equal(endOf(told), "phase");
    assert.equal(told.release().guard?.judged.verdict, "hold");
  }
});

test("a release is watched from the first step that exposes it, though that step's end is not known", () => {
  const told = goAhead();
  told.until("production/5-shift");
  told.answer(UNKNOWN, "production/5-shift");
  told.pass(5 * SECOND);
  assert.deepEqual(told.wanted(), ["look/1"]);
  told.answer(wellAt(told.now()), "look/");
  told.pass(5 * SECOND);
  told.answer(errorsAt(told.now(), 500), "look/");
  assert.equal(endOf(told), "rollback");
});

test("another environment is watched anew, with its own counters", () => {
  const steps = [{ deploy: {} }, { shift: { weights: ["100 %"], soak: "1 min" } }];
  const told = story(
    planFrom(
      withSteps([], {
        phases: {
          staging: { environment: "staging", steps },
          production: { environment: "production", steps },
        },
        types: { patch: { bumps: ["patch"], phases: ["staging", "production"] } },
      }),
    ),
  );
  told.until("look/3");
  told.answer(wellAt(told.now()), "look/");
  assert.equal(told.release().guard?.judging.readings.length, 3);
  told.until("production/2-shift");
  const { guard } = told.release();
  assert.deepEqual(
    [guard?.environment, guard?.judging.readings, guard?.weight],
    ["production", [], 0],
  );
});
