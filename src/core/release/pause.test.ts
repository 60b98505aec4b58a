import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { HOUR, MINUTE } from "../base/time.ts";
import type { PolicyText } from "../policy/policy.ts";
import {
  DONE,
  FAILED,
  planFrom,
  type Story,
  story,
  UNKNOWN,
  wellAt,
  withSteps,
} from "./given.fake.ts";
import { statusOf } from "./state.ts";

type FreezeText = NonNullable<NonNullable<PolicyText["calendar"]>["freezes"]>[string];

/** A release whose shift has half of the traffic when the freeze of 01:00 to 03:00 begins. */
function frozen(running: "finish" | "pause" | "retreat", more: Partial<FreezeText> = {}): Story {
  const hours = { from: "1970-01-01T01:00", to: "1970-01-01T03:00" };
  const freezes = { sale: { ...hours, reason: "the big sale", running, ...more } };
  const steps = [{ shift: { weights: ["5 %", "50 %", "100 %"], soak: "40 min" } }, { promote: {} }];
  const told = story(planFrom(withSteps(steps, { calendar: { freezes } })));
  told.answer(DONE, "production/1-shift/1/1");
  while (weighs(told).length === 0) look(told);
  told.answer(DONE, "production/1-shift/1/2");
  while (told.now() < HOUR) look(told);
  return told;
}

/** Takes a look where one is due; else a minute passes. */
function look(told: Story): void {
  const due = told.wanted().find((key) => key.startsWith("look/"));
  if (due === undefined) told.pass(MINUTE);
  else told.answer(wellAt(told.now()), due);
}

const weighs = (told: Story) => told.wanted().filter((key) => !key.startsWith("look/"));

describe("a freeze that begins while a release is at work", () => {
  it("finish: the release goes on to its end", () => {
    const told = frozen("finish");
    while (weighs(told).length === 0) look(told);
    assert.deepEqual(weighs(told), ["production/1-shift/1/3"]);
    assert.equal(told.now(), 80 * MINUTE);
    assert.ok(!told.told().includes("WorkPaused"));
  });

  it("pause: no further weight is set until it is over; then the weight soaks anew and goes on", () => {
    const told = frozen("pause");
    assert.equal(statusOf(told.release()), "paused");
    assert.equal(told.release().pause?.until, 3 * HOUR);
    assert.equal(told.release().guard?.weight, 5000);
    while (told.now() < 3 * HOUR - MINUTE) {
      assert.deepEqual(weighs(told), []);
      look(told);
    }
    while (told.now() < 3 * HOUR) look(told);
    assert.equal(statusOf(told.release()), "working");
    assert.deepEqual(weighs(told), []);
    while (weighs(told).length === 0) look(told);
    assert.deepEqual(weighs(told), ["production/1-shift/1/3"]);
    assert.equal(told.now(), 3 * HOUR + 40 * MINUTE);
  });

  it("retreat: half-shifted traffic goes back first; afterwards the shift begins anew, and that was no failure", () => {
    const told = frozen("retreat");
    assert.deepEqual(weighs(told), ["production/1-shift/1/retreat"]);
    told.answer(DONE, "production/1-shift/1/retreat");
    assert.equal(told.release().guard?.weight, 0);
    assert.deepEqual(weighs(told), []);
    while (told.now() < 3 * HOUR) look(told);
    assert.deepEqual(weighs(told), ["production/1-shift/2/1"]);
    told.answer(FAILED, "production/1-shift/2/1");
    assert.equal(statusOf(told.release()), "rolling-back");
  });

  it("retreat: traffic that is on its way back arrives before the release goes on, though the freeze is over", () => {
    const told = frozen("retreat");
    while (told.now() < 3 * HOUR) look(told);
    assert.equal(statusOf(told.release()), "paused");
    assert.deepEqual(weighs(told), ["production/1-shift/1/retreat"]);
    told.answer(DONE, "production/1-shift/1/retreat");
    assert.equal(told.release().guard?.weight, 0);
    assert.deepEqual(weighs(told), ["production/1-shift/2/1"]);
  });

  it("retreat: a weight whose end was in doubt goes back too, though a person says meanwhile that it was set", () => {
    const freezes = {
      sale: {
        ...{ from: "1970-01-01T01:00", to: "1970-01-01T03:00", reason: "the big sale" },
        running: "retreat" as const,
      },
    };
    const shift = { weights: ["5 %", "100 %"], soak: "40 min" };
    const told = story(planFrom(withSteps([{ shift }], { calendar: { freezes } })));
    told.answer(DONE, "production/1-shift/1/1");
    while (weighs(told).length === 0) look(told);
    told.answer(UNKNOWN, "production/1-shift/1/2");
    while (told.now() < HOUR) look(told);
    assert.deepEqual(weighs(told), ["production/1-shift/1/retreat"]);
    told.ask({ ask: "settle", by: "lead@example.test", done: true, reason: "it is set" });
    assert.equal(told.release().guard?.weight, 10_000);
    told.answer(DONE, "production/1-shift/1/retreat");
    assert.equal(told.release().guard?.weight, 0);
    while (told.now() < 3 * HOUR) look(told);
    assert.deepEqual(weighs(told), ["production/1-shift/2/1"]);
  });

  it("traffic that cannot be sent back stops the release for a person, who has it tried again", () => {
    for (const bad of [FAILED, UNKNOWN]) {
      const told = frozen("retreat");
      told.answer(bad, "production/1-shift/1/retreat");
      assert.equal(statusOf(told.release()), "stopped");
    }
  });

  it("a rollback is exempt: it is ordered and worked in the middle of the freeze", () => {
    const told = frozen("pause");
    told.ask({ ask: "rollback", by: "ops@example.test", reason: "complaints" });
    assert.equal(told.release().pause, null);
    assert.equal(statusOf(told.release()), "rolling-back");
    assert.ok(weighs(told).some((key) => key.startsWith("rollback/")));
  });

  it("a type that the freeze leaves out goes on, but not in a blackout", () => {
    const passed = frozen("pause", { except: ["patch"] });
    assert.equal(passed.release().pause, null);
    const black = frozen("pause", { except: ["patch"], kind: "blackout" });
    assert.equal(black.release().pause?.freeze, "sale");
  });

  it("a blackout keeps work in an environment from beginning, though no gate asks for a window", () => {
    const years = { from: "1969-12-31T00:00", to: "1970-01-01T02:00", reason: "audit" };
    const calendar = { freezes: { years: { ...years, kind: "blackout" as const } } };
    const told = story(planFrom(withSteps([{ deploy: {} }], { calendar })));
    assert.equal(statusOf(told.release()), "paused");
    assert.deepEqual(told.wanted(), []);
    told.pass(2 * HOUR);
    assert.deepEqual(told.wanted(), ["production/1-deploy/1/1"]);
  });
});
