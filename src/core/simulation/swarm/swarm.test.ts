import assert from "node:assert/strict";
import { test } from "node:test";
import { soundness } from "../../policy/soundness.ts";
import { FAULTS } from "./faults.ts";
import { isSame, replayed } from "./journal.ts";
import { type Lived, live } from "./life.ts";
import { planFor, policyFor } from "./plans.ts";

const LIVES = 2000;
const FIRST = 1_000_000;
let lived: readonly Lived[] | undefined;
const swarm = () => {
  lived ??= Array.from({ length: LIVES }, (_, at) => live(FIRST + at));
  return lived;
};

test("in 2,000 lives through random faults no published invariant is broken; a failure names its seed", () => {
  const broken = swarm().filter(({ broken }) => broken !== null);
  assert.deepEqual(broken, []);
});

test("the lives meet every kind of fault, alone and together, and come to every end there is", () => {
  const met = new Set(swarm().flatMap(({ faults }) => faults));
  assert.deepEqual([...met].sort(), Object.keys(FAULTS).sort());
  const ends = Object.groupBy(
    swarm().flatMap(({ ends }) => ends),
    (end) => String(end),
  );
  for (const end of ["stable", "rolled-back", "withdrawn", "aborted"])
    assert.ok((ends[end]?.length ?? 0) > 50, `${end}: ${ends[end]?.length}`);
  assert.equal(ends["null"], undefined, "every release has come to an end");
  assert.ok(swarm().filter(({ ends }) => ends.length === 2).length > 100);
});

test("the same seed lives the same life, so that any failure can be lived again", () => {
  for (const life of swarm().slice(0, 100)) assert.deepEqual(live(life.seed), life);
});

test("the policies of the swarm are sound, and their plans outlive the journal unchanged", () => {
  for (let seed = 0; seed < 100; seed += 1) {
    const policy = policyFor(seed);
    const errors = soundness(policy).filter(({ severity }) => severity === "error");
    assert.deepEqual(errors, [], `seed ${seed}`);
    const plan = planFor(policy, {
      number: 1,
      at: 0,
      freeze: { from: 0, running: "retreat", kind: "freeze" },
    });
    assert.ok(isSame(JSON.parse(JSON.stringify(plan)), plan));
  }
});

test("a journal that has lost an event gives back another release", () => {
  const plan = planFor(policyFor(1), { number: 1, at: 0, freeze: null });
  const planned = {
    at: 0,
    by: "requester@example.test",
    event: { type: "ReleasePlanned", plan },
  } as const;
  const phase = plan.phases[0]?.name ?? "";
  const opened = { at: 1, by: "holdpoint", event: { type: "PhaseOpened", phase } } as const;
  assert.ok(isSame(replayed([planned, opened]), replayed([planned, opened])));
  assert.ok(!isSame(replayed([planned, opened]), replayed([planned])));
  assert.ok(isSame({ a: undefined, b: [1] }, { b: [1] }) && !isSame({ b: [1] }, { b: [1, 2] }));
});
