import assert from "node:assert/strict";
import { test } from "node:test";
import { MINUTE, SECOND } from "../base/time.ts";
import type { Answer } from "../gates/gate.ts";
import type { Counters } from "../judge/reading.ts";
import type { PolicyText } from "../policy/policy.ts";
import { DONE, errorsAt, FULL, goAhead, planFrom, type Story } from "./given.fake.ts";

const ROUTES = {
  critical: { channels: ["pager"], message: "alert" },
  warning: { channels: ["team"], message: "alert" },
};
/** By limits alone, and by statistics as well. */
const LIMITS: PolicyText = {
  ...FULL,
  channels: { pager: { console: {} }, team: { console: {} } },
  messages: { alert: { title: "{{severity}} {{cause}} {{state}}" } },
  alerts: ROUTES,
};
const WORSE: PolicyText = {
  ...LIMITS,
  rollback: { ...LIMITS.rollback, on: { errors: { above: "5 %", over: "10 s" }, worse: {} } },
};

/** A release at 5 % of the traffic. */
function shifted(text: PolicyText = WORSE): Story {
  const told = goAhead(planFrom(text));
  told.until("production/5-shift");
  told.answer(DONE, "production/5-shift");
  return told;
}

const alerts = (told: Story) =>
  told
    .happened()
    .flatMap(({ event }) =>
      event.type === "AlertRaised" || event.type === "AlertResolved"
        ? [`${event.type === "AlertRaised" ? "+" : "-"}${event.cause} ${event.severity}`]
        : [],
    );

/** Looks every 5 s for so long; each is answered by what is told of its number. */
function looks(told: Story, seconds: number, answer: (look: number) => Answer): void {
  for (let look = 0; look < seconds / 5; look += 1) {
    told.pass(5 * SECOND);
    if (told.wanted().some((key) => key.startsWith("look"))) told.answer(answer(look), "look");
  }
}

/** Totals of versions that serve 20 and 380 requests between two looks, of which both lose the same share. */
function traffic(told: Story, share: (look: number) => number, more: Partial<Counters> = {}) {
  const counters = { requests: 0, errors: 0, latency: [], databaseCalls: 0, databaseErrors: 0 };
  let [canary, baseline]: Counters[] = [counters, counters];
  return (look: number): Answer => {
    const after = (before: Counters = counters, requests: number): Counters => ({
      ...before,
      requests: before.requests + requests,
      errors: before.errors + requests * share(look),
    });
    canary = { ...after(canary, 20), ...more };
    baseline = after(baseline, 380);
    const [mine, other] = [canary, baseline];
    const reading = {
      at: told.now(),
      canary: { healthy: true, counters: mine },
      baseline: { healthy: true, counters: other },
    };
    return { outcome: "done", facts: {}, reading };
  };
}

test("both versions bad: one page however often it comes and goes, and one word when it is over", () => {
  const told = shifted();
  looks(
    told,
    60,
    traffic(told, (look) => (look % 4 === 3 ? 0 : 0.3)),
  );
  assert.equal(told.release().stand.at, "phase", "the comparison blames nobody");
  assert.deepEqual(alerts(told), ["+both-bad critical"]);
  const [sent] = told.release().outbox;
  assert.deepEqual([sent?.channel, sent?.facts["state"]], ["pager", "raised"]);
  assert.match(sent?.facts["reason"] ?? "", /both versions fail/);
  looks(
    told,
    150,
    traffic(told, () => 0),
  );
  assert.deepEqual(alerts(told), ["+both-bad critical", "-both-bad critical"]);
});

test("both versions ill: one page as well, and no way back", () => {
  const told = shifted(LIMITS);
  const sick = { healthy: false, counters: NOTHING };
  looks(told, 30, () => ({
    ...{ outcome: "done", facts: {} },
    reading: { at: told.now(), canary: sick, baseline: sick },
  }));
  assert.deepEqual(alerts(told), ["+both-bad critical"]);
});

const NOTHING = { requests: 0, errors: 0, latency: [], databaseCalls: 0, databaseErrors: 0 };

test("a machine that is full pages after 5 min, and once", () => {
  const told = shifted();
  looks(
    told,
    5 * 60,
    traffic(told, () => 0, { cpu: 95 }),
  );
  assert.deepEqual(alerts(told), []);
  looks(
    told,
    2 * 60,
    traffic(told, () => 0, { cpu: 95 }),
  );
  assert.deepEqual(alerts(told), ["+saturated critical"]);
});

test("a version that serves people and cannot be measured pages after 5 min", () => {
  const told = shifted();
  const blind = (): Answer => ({ outcome: "failed", reason: "no metrics" });
  looks(told, 5 * 60, blind);
  assert.deepEqual(alerts(told), []);
  looks(told, 10, blind);
  assert.deepEqual(alerts(told), ["+unmeasured critical"]);
});

test("AM-21: what the judge holds for 10 minutes is a warning, once, and over when it goes on", () => {
  const told = shifted(LIMITS);
  looks(told, 650, () => ({ outcome: "failed", reason: "no metrics" }));
  assert.deepEqual(alerts(told), ["+unmeasured critical", "+held-long warning"]);
  looks(told, 5, () => errorsAt(told.now(), 0));
  assert.deepEqual(alerts(told).slice(2).toSorted(), [
    "-held-long warning",
    "-unmeasured critical",
  ]);
});

test("the clock alone wakes a release whose trouble is over", () => {
  const told = shifted();
  looks(
    told,
    30,
    traffic(told, () => 0.3),
  );
  assert.equal(told.release().alerts["both-bad"], "critical");
  told.pass(MINUTE);
  assert.equal(told.release().alerts["both-bad"], undefined);
});
