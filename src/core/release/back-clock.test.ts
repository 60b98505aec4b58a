import assert from "node:assert/strict";
import { test } from "node:test";
import { MINUTE, SECOND } from "../base/time.ts";
import { statusReport } from "../reports/status.ts";
import {
  DONE,
  errorsAt,
  FULL,
  goAhead,
  LEAD,
  OPS,
  planFrom,
  type Story,
  wellAt,
} from "./given.fake.ts";
import { next } from "./next.ts";

const ROUTES = {
  critical: { channels: ["pager"], message: "alert" },
  warning: { channels: ["team"], message: "alert" },
};
const plan = planFrom({
  ...FULL,
  channels: { pager: { console: {} }, team: { console: {} } },
  messages: { alert: { title: "{{severity}} {{cause}} {{state}}" } },
  alerts: ROUTES,
});

/** A release that errors have just turned back at 5 % of the traffic. */
function turnedBack(): Story {
  const told = goAhead(plan);
  told.until("production/5-shift");
  told.answer(DONE, "production/5-shift");
  told.pass(5 * SECOND);
  told.answer(wellAt(told.now()), "look");
  told.pass(5 * SECOND);
  told.answer(errorsAt(told.now(), 500), "look");
  assert.equal(told.release().stand.at, "rollback");
  return told;
}

const events = (told: Story, type: string) =>
  told
    .happened()
    .filter(({ event }) => event.type === type)
    .map(({ event }) => ({ ...event }) as Record<string, unknown>);
const alerts = (told: Story) =>
  told
    .happened()
    .flatMap(({ event }) =>
      event.type === "AlertRaised" || event.type === "AlertResolved"
        ? [`${event.type === "AlertRaised" ? "+" : "-"}${event.cause}`]
        : [],
    );

/** Answers what is wanted with a pause before each, until the release has ended. */
function finish(told: Story, pause: number): void {
  for (let tries = 0; tries < 100 && told.release().stand.at !== "ended"; tries += 1) {
    told.pass(pause);
    const key = told.wanted().find((one) => !one.startsWith("look"));
    if (key !== undefined) told.answer(DONE, key);
  }
  assert.equal(told.release().stand.at, "ended");
}

test("MM-14: each moment of the way back is measured from the decision, journalled and shown, also after the end", () => {
  const told = turnedBack();
  finish(told, 10 * SECOND);
  const measured = events(told, "RollbackMeasured").map(({ moment, took }) => [moment, took]);
  assert.deepEqual(
    measured.map(([moment]) => moment),
    ["weight-0", "drained", "validated"],
  );
  const report = statusReport(told.release(), told.now()).rollback;
  assert.deepEqual(report.took, Object.fromEntries(measured));
  assert.equal(report.late, false);
  assert.deepEqual(alerts(told), ["+rollback", "-rollback"]);
});

test("MM-14 AM-21: at the target it is late and somebody is called; at twice that its environment is frozen", () => {
  const told = turnedBack();
  const wake = next(told.release(), told.now()).wakeAt;
  assert.equal(wake, told.now() + 5 * MINUTE);
  told.pass(5 * MINUTE);
  assert.deepEqual(alerts(told), ["+rollback", "+rollback-late"]);
  told.pass(5 * MINUTE);
  assert.deepEqual(
    events(told, "RollbackLate").map(({ limit }) => limit),
    ["target", "most"],
  );
  assert.deepEqual(alerts(told).slice(2), ["+rollback-very-late", "+frozen"]);
  assert.equal(statusReport(told.release(), told.now()).rollback.frozen, "production");
  told.pass(MINUTE);
  assert.equal(alerts(told).length, 4, "each cause alerts once");
});

test("a frozen environment stays the release's own after its end, until a person lifts that with a reason", () => {
  const told = turnedBack();
  told.pass(10 * MINUTE);
  finish(told, SECOND);
  assert.ok(!told.wanted().includes("free/production"));
  assert.deepEqual(alerts(told).slice(-3).sort(), [
    "-rollback",
    "-rollback-late",
    "-rollback-very-late",
  ]);
  const nobody = told.ask({ ask: "unfreeze", by: "stranger@example.test", reason: "x" });
  assert.equal(!nobody.ok && nobody.error.code, "not-allowed");
  const silent = told.ask({ ask: "unfreeze", by: LEAD, reason: " " });
  assert.equal(!silent.ok && silent.error.code, "reason-missing");
  assert.ok(told.ask({ ask: "unfreeze", by: OPS, reason: "it is as it was" }).ok);
  assert.ok(told.wanted().includes("free/production"));
  assert.equal(alerts(told).at(-1), "-frozen");
  assert.equal(statusReport(told.release(), told.now()).rollback.frozen, null);
});

test("AM-21 MM-22: an alert goes to the channels of its severity, with its cause and whether it is over", () => {
  const told = turnedBack();
  const outbox = told
    .release()
    .outbox.map(({ channel, facts }) => [
      channel,
      facts["severity"],
      facts["cause"],
      facts["state"],
    ]);
  assert.deepEqual(outbox, [["pager", "critical", "rollback", "raised"]]);
});

test("without alerts in the policy nobody is alerted, and the clock is kept all the same", () => {
  const told = goAhead(planFrom());
  told.until("production/5-shift");
  told.answer(DONE, "production/5-shift");
  told.pass(5 * SECOND);
  told.answer(wellAt(told.now()), "look");
  told.pass(5 * SECOND);
  told.answer(errorsAt(told.now(), 500), "look");
  told.pass(10 * MINUTE);
  assert.deepEqual(alerts(told), []);
  assert.equal(events(told, "RollbackLate").length, 2);
});
