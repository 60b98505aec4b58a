import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { DAY, HOUR, MINUTE } from "../base/time.ts";
import type { PolicyText } from "../policy/policy.ts";
import { debtReports, openDebts } from "../reports/debts.ts";
import { DONE, goAhead, LEAD, planFrom, QA, story, withSteps } from "./given.fake.ts";
import { next } from "./next.ts";

const LINK = "https://ci.example.test/77";
const owing = (more: Partial<PolicyText> = {}): PolicyText => ({
  ...withSteps([{ tag: {} }], more),
  types: {
    patch: {
      bumps: ["patch"],
      phases: ["production"],
      owes: [{ what: "all tests have run", within: "24 h", role: "qa", of: ["minor"] }],
      clocks: { out: { from: "merge", phase: "production", within: "1 h" } },
    },
  },
});
const told = (text: PolicyText = owing()) => {
  const changes = { fix: { count: 1, last: 10 * MINUTE, commit: "c" } };
  return story(planFrom(text, { changes }));
};

describe("what a release owes", () => {
  it("begins with its end, and ends when someone of the role settles it with evidence", () => {
    const one = told();
    assert.deepEqual(one.release().debts, []);
    one.answer(DONE, "production/1-tag");
    assert.deepEqual(
      one.release().debts.map(({ id, due }) => [id, due]),
      [["owed-1", 24 * HOUR]],
    );
    assert.equal(one.release().stand.at, "ended");
    assert.equal(one.ask({ ask: "discharge", by: LEAD, debt: "owed-1", link: LINK }).ok, false);
    assert.equal(one.ask({ ask: "discharge", by: QA, debt: "owed-1", link: LINK }).ok, true);
    assert.deepEqual(
      debtReports(one.release(), one.now()).map(({ state, link }) => [state, link]),
      [["settled", LINK]],
    );
    assert.equal(next(one.release(), one.now()).wakeAt, null);
  });

  it("is overdue once its time is over, which is journalled and told once; an ended release is woken for it", () => {
    const tell = { on: "late" as const, channel: "team", message: "late" };
    const one = told(
      owing({
        channels: { team: { console: {} } },
        messages: { late: { title: "{{reason}}" } },
        tell: [tell],
      }),
    );
    one.answer(DONE, "production/1-tag");
    assert.equal(next(one.release(), one.now()).wakeAt, 24 * HOUR);
    one.pass(24 * HOUR);
    one.pass(DAY);
    const overdue = one.happened().filter(({ event }) => event.type === "DebtOverdue");
    assert.deepEqual(
      overdue.map(({ at }) => at),
      [24 * HOUR],
    );
    assert.deepEqual(one.wanted(), ["tell/1-late"]);
    assert.deepEqual(
      openDebts([one.release()], one.now()).map(({ debt, state }) => [debt, state]),
      [["owed-1", "overdue"]],
    );
  });

  it("grows by each waiver: its review, by those who may waive, until the policy's time", () => {
    const one = story(planFrom());
    one.answer(DONE, "build/tests");
    one.ask({ ask: "waive", by: LEAD, gate: "go-no-go", reason: "the night shift agreed" });
    const [debt] = one.release().debts;
    assert.deepEqual([debt?.id, debt?.roles, debt?.due], ["waiver-go-no-go", ["lead"], 24 * HOUR]);
  });
});

describe("a clock", () => {
  it("SS-01: counts from the merge, is journalled and told once when it runs out, and stops nothing", () => {
    const one = told();
    assert.equal(next(one.release(), 0).wakeAt, 70 * MINUTE);
    one.pass(2 * HOUR);
    one.pass(HOUR);
    const missed = one.happened().filter(({ event }) => event.type === "ClockMissed");
    assert.equal(missed.length, 1);
    one.answer(DONE, "production/1-tag");
    assert.equal(one.release().stand.at, "ended");
  });

  it("is quiet when what it waits for has come in time", () => {
    const one = told();
    one.answer(DONE, "production/1-tag");
    one.pass(2 * HOUR);
    assert.ok(!one.told().includes("ClockMissed"));
  });

  it("SS-07: of a gate ends with the gate's pass, of work with the end of its phase", () => {
    const text = owing();
    const clocks = { approved: { gate: "go-no-go", within: "1 h" } };
    const full = planFrom();
    const one = goAhead({
      ...full,
      clocks: planFrom({
        ...text,
        types: { patch: { bumps: ["patch"], phases: ["production"], clocks } },
      }).clocks,
    });
    assert.deepEqual(one.release().clocks, []);
    const slow = withSteps([{ watch: { for: "1 h" } }]);
    const phase = { ...slow.phases["production"], longest: "2 h", due: "T+30 min" };
    const two = story(planFrom({ ...slow, phases: { production: phase } }));
    assert.deepEqual(
      two.release().clocks.map(({ name, due }) => [name, due]),
      [
        ["production", 30 * MINUTE],
        ["production-work", 2 * HOUR],
      ],
    );
  });
});
