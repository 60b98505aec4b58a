import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { MINUTE } from "../base/time.ts";
import { simulate } from "../simulation/simulate.ts";
import { world } from "../simulation/world.ts";
import { evolve } from "./evolve.ts";
import { DONE, OPS, planFrom, type Story, story, wellAt, withSteps } from "./given.fake.ts";
import { next } from "./next.ts";
import { publicMoment, shownBy } from "./public.ts";
import type { Release } from "./state.ts";

const PAGE = {
  title: "Sample status",
  url: "https://status.example.test/",
  areas: { shop: { title: "Shop", environment: "production" } },
};
const LONG = withSteps(
  [
    { deploy: {} },
    { shift: { weights: ["10 %", "100 %"], soak: "2 min" } },
    { watch: { for: "2 h" } },
  ],
  { "status-page": PAGE, guard: { look: [{ every: "1 min" }] } },
);
const plan = planFrom(LONG);

/** What the public of `production` hears of a story, with its minute. */
function heard(told: Story): readonly (readonly [string, number])[] {
  const shown = new Set(["production"]);
  let release: Release | null = null;
  return told.happened().flatMap((one) => {
    const before: Release | null = release;
    const after = evolve(before, one);
    release = after;
    const moment = before && publicMoment(before, after, one.event, shown);
    return moment === null ? [] : [[moment, Math.round(one.at / MINUTE)] as const];
  });
}

function pass(told: Story, minutes: number): void {
  for (let at = 0; at < minutes; at += 1) {
    told.pass(MINUTE);
    if (told.wanted().some((key) => key.startsWith("look")))
      told.answer(wellAt(told.now()), "look");
  }
}

function watching(): Story {
  const told = story(plan);
  told.until("production/2-shift/1/2");
  told.answer(DONE, "production/2-shift");
  return told;
}

const given = (told: Story) =>
  told.happened().flatMap(({ at, event }) => (event.type === "UpdateGiven" ? [at] : []));

describe("the public's clock: an update at least every 15 minutes while a release is in flight", () => {
  it("is news by itself when it begins, moves traffic and ends", () => {
    const told = watching();
    pass(told, 10);
    assert.deepEqual(
      heard(told).map(([moment]) => moment),
      ["started", "traffic", "traffic"],
    );
    told.ask({ ask: "rollback", by: OPS, reason: "nobody may read this" });
    assert.equal(heard(told).at(-1)?.[0], "going-back");
  });

  it("tells that it goes on after 15 minutes without news, and every 15 minutes after that", () => {
    const told = watching();
    const from = told.now();
    pass(told, 119);
    assert.deepEqual(
      given(told).map((at) => (at - from) / MINUTE),
      [15, 30, 45, 60, 75, 90, 105],
    );
    assert.deepEqual(
      told.happened().flatMap(({ event }) => (event.type === "UpdateGiven" ? [event.number] : [])),
      [1, 2, 3, 4, 5, 6, 7],
    );
  });

  it("wakes for it: the release is never left alone for longer", () => {
    const told = watching();
    const { wakeAt } = next(told.release(), told.now());
    assert.ok(wakeAt !== null && wakeAt <= told.now() + 15 * MINUTE);
  });

  it("is wanted still when it is overdue, so that a worker who waits for a long effect makes it", () => {
    const told = watching();
    const late = told.now() + 20 * MINUTE;
    const { wakeAt } = next(told.release(), late);
    assert.ok(wakeAt !== null && wakeAt <= late);
  });

  it("is made once when nobody could make it in time, and not as if it had been", () => {
    const told = watching();
    const from = told.now();
    told.pass(50 * MINUTE);
    assert.deepEqual(given(told), [from + 50 * MINUTE]);
    told.pass(0);
    assert.equal(given(told).length, 1);
  });

  it("goes on while the release has stopped for a person, and ends with it", () => {
    const told = story(plan);
    told.until("production/2-shift");
    told.ask({ ask: "rollback", by: OPS, reason: "no" });
    told.until("rollback/");
    for (let tries = 0; tries < 40 && told.release().stand.at === "rollback"; tries += 1) {
      if (told.wanted().length > 0) told.answer({ outcome: "failed", reason: "it broke" });
      else told.pass(MINUTE);
    }
    assert.equal(told.release().stand.at, "stopped");
    const before = given(told).length;
    told.pass(16 * MINUTE);
    told.pass(16 * MINUTE);
    assert.equal(given(told).length, before + 2);
  });

  it("says nothing where the policy shows nothing, or not this environment", () => {
    const staging = { ...PAGE, areas: { shop: { title: "Shop", environment: "staging" } } };
    for (const page of [{}, { "status-page": staging }]) {
      const { "status-page": _, ...without } = LONG;
      const told = story(planFrom({ ...without, ...page }));
      told.until("production/2-shift");
      pass(told, 40);
      assert.deepEqual(given(told), []);
      assert.equal(told.release().public, null);
    }
  });

  it("says nothing of a release that has not begun where the public sees", () => {
    const told = story(planFrom({ ...LONG, ...held() }));
    told.pass(60 * MINUTE);
    assert.equal(told.release().public, null);
    assert.deepEqual(given(told), []);
  });

  it("comes on time in simulated days, also where the worker dies in between: never twice, never late by more than its lease", () => {
    const span = { from: 0, horizon: 300 * MINUTE };
    const whole = simulate(plan, world(), span).happened.length;
    for (let crashAt = 1; crashAt < whole; crashAt += 5) {
      const { happened, release } = simulate(plan, world(), { ...span, crashAt });
      assert.equal(release.stand.at, "ended", `crash at ${crashAt}`);
      const updates = happened.filter(({ event }) => event.type === "UpdateGiven");
      assert.ok(updates.length >= 7, `crash at ${crashAt}: ${updates.length}`);
      const numbers = updates.map(({ event }) => event.type === "UpdateGiven" && event.number);
      assert.deepEqual(
        numbers,
        updates.map((_, index) => index + 1),
      );
      const moments = momentsOf(happened);
      for (const [index, at] of moments.entries())
        assert.ok(at - (moments[index - 1] ?? at) <= 15 * MINUTE + 16_000, `crash at ${crashAt}`);
    }
  });
});

function held() {
  return {
    gates: { agreed: { signoff: { roles: { lead: 1 } } } },
    phases: { production: { ...LONG.phases["production"], gates: ["agreed"] } },
  };
}

function momentsOf(happened: ReturnType<Story["happened"]>): readonly number[] {
  let release: Release | null = null;
  return happened.flatMap((one) => {
    const before: Release | null = release;
    release = evolve(before, one);
    const page = plan.terms["status-page"];
    const moment = before && page && publicMoment(before, release, one.event, shownBy(page));
    return moment ? [one.at] : [];
  });
}
