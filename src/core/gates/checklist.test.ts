import assert from "node:assert/strict";
import { test } from "node:test";
import { checklist } from "./checklist.ts";
import { context, known } from "./given.fake.ts";

const config = checklist.shape.parse({
  items: { plan: "the plan is read", people: "all are there" },
});
const ticks = (...items: string[]) =>
  known({ ticks: items.map((item) => ({ item, by: "qa@example.test", at: 0 })) });

test("it asks nothing of the world", () => {
  assert.equal(checklist.ask(config, context), null);
});

test("it passes when every item is ticked", () => {
  assert.equal(checklist.judge(config, ticks("plan", "people"), context).verdict, "pass");
});

test("it is pending while an item is open, and says which and who can tick it", () => {
  const verdict = checklist.judge(config, ticks("plan"), { ...context, owner: "lead" });
  assert.deepEqual(verdict, {
    verdict: "pending",
    reason: "1 of 2 items are open: people",
    evidence: { ticked: 1, items: 2 },
    lift: ["lead (lead@example.test, both@example.test) ticks people"],
  });
  const open = checklist.judge(config, ticks(), context);
  assert.deepEqual(open.lift, [
    "anyone in the roster ticks plan",
    "anyone in the roster ticks people",
  ]);
});

test("ticks of items that are not on the list count for nothing", () => {
  assert.equal(checklist.judge(config, ticks("plan", "other"), context).verdict, "pending");
});

test("a list without items is refused", () => {
  assert.equal(checklist.shape.safeParse({ items: {} }).success, false);
});
