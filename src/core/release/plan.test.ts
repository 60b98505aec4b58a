import assert from "node:assert/strict";
import { test } from "node:test";
import { DAY, HOUR, MINUTE } from "../base/time.ts";
import { FULL, planFrom, withSteps } from "./given.fake.ts";

test("a plan has the phases of its release type, in their order, with gates and steps in theirs", () => {
  const plan = planFrom();
  assert.deepEqual(
    plan.phases.map(({ name }) => name),
    ["build", "approve", "production"],
  );
  assert.deepEqual(
    plan.phases[1]?.gates.map(({ name }) => name),
    ["go-no-go", "list", "advice"],
  );
  assert.deepEqual(
    plan.phases[2]?.steps.slice(0, 2).map(({ kind }) => kind),
    ["backup", "migrate"],
  );
});

test("each step has an id of its own, and works where its phase does", () => {
  const steps = planFrom().phases.flatMap((phase) => phase.steps);
  assert.equal(new Set(steps.map(({ id }) => id)).size, steps.length);
  assert.equal(steps[4]?.id, "production/5-shift");
  assert.equal(steps[4]?.environment, "production");
  assert.equal(steps[4]?.retries, 1);
});

test("a gate keeps its kind, what that was told, who owns it, its level and what it covers", () => {
  const [, list] = planFrom().phases[1]?.gates ?? [];
  assert.deepEqual(list, {
    name: "list",
    kind: "checklist",
    config: { items: { plan: "the plan is read" } },
    owner: "lead",
    level: "hold",
    covers: ["migrations"],
  });
});

test("a phase opens at its time before or after T-0, or when the one before has passed", () => {
  const phases = (opens: string | undefined) => ({
    phases: { production: { ...(opens && { opens }), steps: [{ tag: {} }] } },
  });
  const at = 10 * DAY;
  const opensAt = (opens?: string) =>
    planFrom(withSteps([], phases(opens)), { at }).phases[0]?.opensAt;
  assert.equal(opensAt("T-1 h"), at - HOUR);
  assert.equal(opensAt("T+30min"), at + 30 * MINUTE);
  assert.equal(opensAt("T"), at);
  assert.equal(opensAt(), null);
});

test("windows and freezes that name no zone are in the policy's", () => {
  const window = { rule: "FREQ=DAILY", from: "2026-01-01T09:00", for: "1 h" };
  const { calendar } = planFrom({
    ...FULL,
    zone: "Europe/Berlin",
    calendar: { windows: { own: { ...window, zone: "Asia/Tokyo" }, plain: window } },
  }).terms;
  assert.deepEqual(
    [calendar.windows["own"]?.zone, calendar.windows["plain"]?.zone],
    ["Asia/Tokyo", "Europe/Berlin"],
  );
});

test("the steps that verify a rollback are planned with it", () => {
  assert.deepEqual(
    planFrom().terms.rollback.verify.map(({ kind }) => kind),
    ["verify"],
  );
});

test("what leads nowhere in a policy that was not checked is told as a bug", () => {
  const phases = { production: { gates: ["missing"] } };
  assert.throws(() => planFrom(withSteps([], { phases })), /no gate missing/);
  const types = { patch: { bumps: ["patch" as const], phases: ["missing"] } };
  assert.throws(() => planFrom(withSteps([], { types })), /no phase missing/);
});
