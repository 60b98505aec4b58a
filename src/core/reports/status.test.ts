import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { MINUTE, SECOND } from "../base/time.ts";
import type { PolicyText } from "../policy/policy.ts";
import {
  DONE,
  errorsAt,
  FAILED,
  FULL,
  goAhead,
  LEAD,
  OPS,
  planFrom,
  QA,
  type Story,
  story,
  UNKNOWN,
  withSteps,
} from "../release/given.fake.ts";
import { statusReport } from "./status.ts";

const status = (told: Story) => statusReport(told.release(), told.now());
const states = (told: Story) => status(told).phases.map(({ state }) => state);
const steps = (told: Story) =>
  status(told).phases.flatMap((phase) => phase.steps.map(({ state }) => state));

test("a held release says which gates hold it, why, and who can lift them; the others are not listed", () => {
  const told = story(planFrom());
  told.answer(DONE, "build/tests");
  told.ask({ ask: "approve", by: QA, gate: "go-no-go" });
  const { why, holds } = status(told);
  assert.equal(why, "go-no-go: 1 more of lead; list: 1 of 1 items are open: plan");
  assert.deepEqual(
    holds.map(({ name, verdict, lift }) => [name, verdict, lift]),
    [
      ["go-no-go", "pending", ["lead approves (lead@example.test)"]],
      ["list", "pending", ["lead (lead@example.test) ticks plan"]],
    ],
  );
});

test("a phase that opens later says when the clock moves it", () => {
  const told = story(planFrom(withSteps([], { phases: { production: { opens: "T+1 h" } } })));
  const { why, wakeAt, holds } = status(told);
  assert.deepEqual([why, wakeAt, holds], ["phase production opens later", 60 * MINUTE, []]);
  assert.deepEqual(states(told), ["waiting"]);
});

test("phases are passed, held, working or to come, as far as the release has come", () => {
  const told = story(planFrom());
  assert.deepEqual(states(told), ["held", "to come", "to come"]);
  told.answer(DONE, "build/tests");
  assert.deepEqual(states(told), ["passed", "held", "to come"]);
  assert.deepEqual(states(goAhead()), ["passed", "passed", "working"]);
});

test("steps are done, under way, in doubt, to be retried or to come", () => {
  const told = goAhead();
  told.until("production/4-deploy");
  assert.deepEqual(steps(told).slice(0, 5), ["done", "done", "done", "under way", "to come"]);
  told.answer(UNKNOWN);
  assert.equal(steps(told)[3], "in doubt");
  assert.equal(
    status(told).why,
    "it is not known whether a step was done: the connection was lost",
  );
  told.ask({ ask: "settle", by: LEAD, done: true, reason: "I looked" });
  told.answer(FAILED, "production/5-shift");
  assert.deepEqual(steps(told).slice(3, 6), ["done", "to be retried", "to come"]);
});

test("after a rollback a step that had failed is not shown as done, nor its phase as passed", () => {
  const told = goAhead();
  told.until("production/4-deploy");
  told.answer(FAILED);
  assert.deepEqual(steps(told).slice(2, 5), ["done", "failed", "to come"]);
  assert.deepEqual(states(told), ["passed", "passed", "to come"]);
  while (told.release().stand.at === "rollback") told.answer(DONE, "rollback/");
  assert.deepEqual(states(told), ["passed", "passed", "to come"]);
  assert.deepEqual(status(told).end, {
    how: "rolled-back",
    reason: "production/4-deploy failed: it broke",
  });
});

test("a stopped release says why, and shows the step that failed", () => {
  const told = goAhead();
  told.answer(FAILED, "production/1-backup");
  assert.equal(status(told).why, "production/1-backup failed: it broke");
  assert.equal(steps(told)[0], "failed");
});

test("the traffic is what was set last and what was counted since the exposure", () => {
  const told = goAhead();
  assert.equal(status(told).traffic, null);
  told.until("production/5-shift/1/2");
  const first = status(told).traffic;
  assert.deepEqual(
    [first?.weight, first?.errorRate.canary, first?.verdict],
    [500, null, "continue"],
  );
  told.pass(5 * SECOND);
  told.answer(errorsAt(told.now(), 500), "look/");
  const last = status(told).traffic;
  assert.deepEqual(
    [last?.weight, last?.errorRate, last?.requests.canary],
    [500, { canary: 5000, stable: 0 }, 1000],
  );
  told.answer(DONE, "rollback/undo-1-shift");
  assert.equal(status(told).traffic?.weight, 0);
});

test("the way back is shown from where the release stands, and since when one is under way", () => {
  const told = goAhead();
  told.until("production/4-deploy");
  const { steps: back, bound, target } = status(told).rollback;
  assert.deepEqual([back, target], [["retire", "run", "verify"], 5 * MINUTE]);
  assert.equal(bound, 5 * SECOND + 30 * SECOND + 10 * MINUTE + MINUTE);
  told.ask({ ask: "rollback", by: OPS, reason: "complaints" });
  assert.deepEqual(
    [status(told).rollback.decidedAt, status(told).rollback.reason],
    [told.now(), "complaints"],
  );
});

const KINDS = {
  check: { check: { run: ["check"] } },
  checklist: { owner: "lead", checklist: { items: { one: "one", two: "two" } } },
  signoff: { signoff: { roles: { lead: 1, qa: 1 } } },
  exclusive: { exclusive: { environment: "production" } },
  shut: { window: { in: ["shut"] } },
  open: { window: {} },
} as const;
const gate = fc.record({
  kind: fc.constantFrom(...(Object.keys(KINDS) as (keyof typeof KINDS)[])),
  level: fc.constantFrom("hold" as const, "hold" as const, "witness" as const),
  done: fc.boolean(),
});

/** Answers a gate as far as people and the world can. */
function meet(told: Story, name: string): void {
  told.ask({ ask: "tick", by: LEAD, gate: name, item: "one" });
  told.ask({ ask: "tick", by: LEAD, gate: name, item: "two" });
  told.ask({ ask: "approve", by: LEAD, gate: name, role: "lead" });
  told.ask({ ask: "approve", by: QA, gate: name, role: "qa" });
  const key = `only/${name}/1`;
  if (told.wanted().includes(key)) told.answer(DONE, key);
}

test("the holds are the minimal set: lifting exactly these lets the phase go, and lifting all but one does not", () => {
  fc.assert(
    fc.property(fc.array(gate, { minLength: 1, maxLength: 5 }), fc.nat(), (gates, pick) => {
      const text: PolicyText = {
        ...FULL,
        calendar: {
          windows: { shut: { rule: "FREQ=YEARLY", from: "2026-06-01T00:00", for: "1 h" } },
        },
        gates: Object.fromEntries(
          gates.map(({ kind, level }, at) => [`gate-${at}`, { ...KINDS[kind], level }]),
        ),
        phases: { only: { gates: gates.map((_, at) => `gate-${at}`), steps: [{ tag: {} }] } },
        types: { patch: { bumps: ["patch"], phases: ["only"] } },
      };
      const told = story(planFrom(text));
      gates.forEach(({ done }, at) => void (done && meet(told, `gate-${at}`)));
      const { holds } = status(told);
      const begun = () => told.release().begun.length > 0;
      assert.equal(begun(), holds.length === 0);
      const last = holds[pick % Math.max(1, holds.length)];
      for (const { name } of holds.filter((hold) => hold !== last)) {
        told.ask({ ask: "waive", by: LEAD, gate: name, reason: "for the test" });
        assert.equal(begun(), false);
      }
      if (last === undefined) return;
      assert.deepEqual(
        status(told).holds.map(({ name }) => name),
        [last.name],
      );
      told.ask({ ask: "waive", by: LEAD, gate: last.name, reason: "for the test" });
      assert.equal(begun(), true);
      assert.deepEqual(status(told).holds, []);
    }),
    { numRuns: 200, seed: 3 },
  );
});

test("a gate tells what it asks of people, and who has said yes to which, when and with what note", () => {
  const told = story(planFrom());
  told.answer(DONE, "build/tests");
  told.ask({ ask: "approve", by: QA, gate: "go-no-go", note: "seen in staging" });
  told.ask({ ask: "tick", by: LEAD, gate: "list", item: "plan" });
  const gates = status(told).phases.flatMap((phase) => phase.gates);
  const asks = (name: string) => gates.find((gate) => gate.name === name)?.asks;
  const approval = { by: QA, at: told.now(), note: "seen in staging" };
  assert.deepEqual(asks("go-no-go"), [
    { name: "lead", text: "", wanted: 1, given: [] },
    { name: "qa", text: "", wanted: 1, given: [approval] },
  ]);
  assert.deepEqual(asks("list")?.[0]?.given, [{ by: LEAD, at: told.now(), note: "" }]);
  assert.deepEqual(asks("tests"), []);
});
