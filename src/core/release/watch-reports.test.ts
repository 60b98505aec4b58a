import assert from "node:assert/strict";
import { test } from "node:test";
import { HOUR, MINUTE } from "../base/time.ts";
import { statusReport } from "../reports/status.ts";
import { DONE, LEAD, planFrom, type Story, story, wellAt, withSteps } from "./given.fake.ts";

const HOURLY = { every: "1 h", from: "1 h", items: { tickets: "tickets are few" } };
const plan = planFrom(
  withSteps(
    [
      { deploy: {} },
      { shift: { weights: ["100 %"], soak: "0 s" } },
      {
        watch: {
          for: "3 h",
          reports: {
            "first-hour": { every: "5 min", for: "1 h", checks: ["errors"] },
            hourly: HOURLY,
            list: { items: { pool: "the pool has room", queue: "the queue is short" } },
          },
        },
      },
    ],
    {
      guard: { look: [{ every: "1 min" }] },
      channels: { mail: { console: {} } },
      messages: { news: { title: "{{reason}}" } },
      alerts: { info: { channels: ["mail"], message: "news" } },
    },
  ),
);

function watching(): Story {
  const told = story(plan);
  told.until("production/2-shift");
  told.answer(DONE, "production/2-shift");
  return told;
}

/** Lets time pass minute by minute with a good look in each. */
function pass(told: Story, minutes: number): void {
  for (let at = 0; at < minutes; at += 1) {
    told.pass(MINUTE);
    if (told.wanted().some((key) => key.startsWith("look")))
      told.answer(wellAt(told.now()), "look");
  }
}

const due = (told: Story, name: string) =>
  told
    .happened()
    .flatMap(({ at, event }) =>
      event.type === "ReportDue" && event.report === name ? [[event.number, at] as const] : [],
    );

test("SS-25 SS-26: reports are due by the clock, as often and for as long as the policy says", () => {
  const told = watching();
  const from = told.now();
  pass(told, 190);
  assert.equal(due(told, "first-hour").length, 12);
  assert.deepEqual(
    due(told, "hourly").map(([number, at]) => [number, at - from]),
    [
      [1, 2 * HOUR],
      [2, 3 * HOUR],
    ],
  );
  assert.deepEqual(due(told, "list"), [[1, from]]);
});

test("SS-25: a report says the traffic, the objectives and what is to be ticked, to those who read news", () => {
  const told = watching();
  pass(told, 5);
  const sent = told.release().outbox.filter(({ facts }) => facts["cause"] === "first-hour");
  assert.equal(sent[0]?.channel, "mail");
  assert.equal(sent[0]?.facts["severity"], "info");
  assert.match(
    sent[0]?.facts["reason"] ?? "",
    /^first-hour 1: 0 requests, .*; 0 objectives are kept, 1 not measured/,
  );
});

test("SS-25 DF-22: the watch is not done before the items of its latest reports are ticked", () => {
  const told = watching();
  pass(told, 181);
  assert.equal(told.release().stand.at, "phase");
  const report = statusReport(told.release(), told.now());
  assert.deepEqual(
    report.unticked.map(({ gate, item }) => `${item} of ${gate}`),
    ["tickets of hourly", "pool of list", "queue of list"],
  );
  assert.ok(report.unticked.every(({ text }) => text !== ""));
  for (const [gate, item] of [
    ["hourly", "tickets"],
    ["list", "pool"],
    ["list", "queue"],
  ] as const)
    assert.ok(told.ask({ ask: "tick", by: LEAD, gate, item }).ok);
  assert.equal(told.release().stand.at, "ended");
});

test("a tick needs a known person, an item that there is, a report that is due, and counts once", () => {
  const told = watching();
  const code = (by: string, gate: string, item: string) => {
    const done = told.ask({ ask: "tick", by, gate, item });
    return done.ok ? "ticked" : done.error.code;
  };
  assert.equal(code("stranger@example.test", "list", "pool"), "not-allowed");
  assert.equal(code(LEAD, "list", "constructor"), "no-item");
  assert.equal(code(LEAD, "hourly", "tickets"), "no-item");
  assert.equal(code(LEAD, "list", "pool"), "ticked");
  assert.equal(code(LEAD, "list", "pool"), "ticked-already");
  assert.equal(code(LEAD, "nothing", "pool"), "no-gate");
});

test("after a pause only the latest of each report is told: nobody reads twelve old ones", () => {
  const told = watching();
  told.pass(HOUR);
  assert.deepEqual(
    due(told, "first-hour").map(([number]) => number),
    [12],
  );
});
