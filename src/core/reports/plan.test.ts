import assert from "node:assert/strict";
import { test } from "node:test";
import { DAY, HOUR, MINUTE, SECOND } from "../base/time.ts";
import { FULL, planFrom, withSteps } from "../release/given.fake.ts";
import { planReport, worstWayBack } from "./plan.ts";

const report = (plan: ReturnType<typeof planFrom>, now = 0) =>
  planReport({ plan, bump: "patch", reasons: ["a fix"], warnings: [] }, now);

test("a plan report says what the release would be, phase by phase", () => {
  const { phases, version, previous, bump, reasons } = report(planFrom());
  assert.deepEqual(
    { version, previous, bump, reasons },
    { version: "1.0.1", previous: "1.0.0", bump: "patch", reasons: ["a fix"] },
  );
  assert.deepEqual(phases[1]?.gates, [
    { name: "go-no-go", kind: "signoff", owner: null },
    { name: "list", kind: "checklist", owner: "lead" },
    { name: "advice", kind: "check", owner: null },
  ]);
  assert.deepEqual(phases[2]?.steps.slice(0, 4), ["backup", "migrate", "run", "deploy"]);
});

test("a phase is bound by the longest time of each of its steps", () => {
  const steps = [
    { deploy: {} },
    { watch: { for: "10 min" } },
    { shift: { weights: ["5 %", "50 %"], soak: "1 min" } },
  ];
  const [phase] = report(planFrom(withSteps(steps))).phases;
  assert.equal(phase?.bound, 5 * MINUTE + 10 * MINUTE + 2 * (MINUTE + 10 * SECOND));
});

test("the worst way back is the longest from any point, and the point of no return is named", () => {
  const { target, bound, noReturn } = worstWayBack(planFrom());
  assert.equal(target, 5 * MINUTE);
  assert.equal(bound, 5 * SECOND + 10 * SECOND + 30 * SECOND + 10 * MINUTE + MINUTE);
  assert.match(noReturn ?? "", /^production\/7-migrate: /);
});

test("without anything to undo there is no way back to bound, and no point of no return", () => {
  assert.deepEqual(worstWayBack(planFrom(withSteps([{ tag: {} }]))), {
    target: 5 * MINUTE,
    bound: 0,
    noReturn: null,
  });
});

const windows = {
  monday: { rule: "FREQ=WEEKLY;BYDAY=MO", from: "2026-01-05T09:00", for: "8 h" },
  noon: { rule: "FREQ=DAILY", from: "2026-01-01T12:00", for: "1 h" },
};
const windowed = (names: string[][]) =>
  planFrom({
    ...FULL,
    calendar: { windows },
    gates: Object.fromEntries(names.map((list, at) => [`window-${at}`, { window: { in: list } }])),
    phases: { production: { gates: names.map((_, at) => `window-${at}`) } },
    types: { patch: { bumps: ["patch"], phases: ["production"] } },
  });
const friday = Date.parse("2026-11-20T00:00Z");

test("the earliest moment is when all windows of all phases are open at once", () => {
  assert.equal(report(windowed([["monday"]]), friday).earliest, Date.parse("2026-11-23T09:00Z"));
  assert.equal(
    report(windowed([["monday"], ["noon"]]), friday).earliest,
    Date.parse("2026-11-23T12:00Z"),
  );
  assert.equal(report(windowed([["monday", "noon"]]), friday).earliest, friday + DAY / 2);
});

test("without windows it is now, or T-0 where that is later; where a window never opens it is never", () => {
  assert.equal(report(planFrom(), friday).earliest, friday);
  assert.equal(report(planFrom(FULL, { at: friday + HOUR }), friday).earliest, friday + HOUR);
  assert.equal(report(windowed([["unknown"]]), friday).earliest, null);
});

test("what the traffic makes of each weight: how long it lasts, and what the judge will see", () => {
  const finds = { errors: "1 %", most: "20 min" };
  const plan = planFrom(
    withSteps([{ deploy: {} }, { shift: { weights: ["5 %", "25 %"], soak: "1 min", finds } }]),
  );
  const at = (rate: number | null) =>
    planReport(
      {
        ...{ plan, bump: "patch", reasons: [], warnings: [] },
        traffic: { production: rate === null ? null : { rate, usual: 0.001 } },
      },
      0,
    );
  const { lengths, judge } = at(100);
  const [first, second] = lengths;
  assert.deepEqual([first?.phase, first?.weight, second?.weight], ["production", 500, 2500]);
  assert.ok(first && second && first.length > second.length);
  assert.match(first.said, /^a rise to 1 % errors takes 4 min \d+ s to be found at 100 requests/);
  assert.equal(judge.length, 4);
  assert.match(at(1).lengths[0]?.said ?? "", /^no test finds a rise to 1 % errors/);
  assert.deepEqual(at(null).judge, []);
  assert.match(at(null).lengths[0]?.said ?? "", /^the traffic was not measured/);
  assert.deepEqual(report(planFrom()).lengths, []);
});
