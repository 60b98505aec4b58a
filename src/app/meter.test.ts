import assert from "node:assert/strict";
import { test } from "node:test";
import { type Instant, MINUTE, SECOND } from "#core/base/time.ts";
import { look, totals } from "#core/judge/given.fake.ts";
import type { Look, Reading } from "#core/judge/reading.ts";
import type { Policy } from "#core/policy/policy.ts";
import { MemoryStore } from "../store/memory.ts";
import { Meter, takeIn } from "./meter.ts";

const NOON = 1_800_000_000_000;
const policy = {
  objectives: { success: { measure: "success", least: 9990 } },
  gates: { budget: { budget: { environment: "production" } } },
  phases: {},
  rollback: { on: {} },
} as unknown as Policy;

const named = (version: string, requests: number, errors = 0): Look => ({
  ...look(totals(requests, errors)),
  version,
});
const at = (seconds: number, baseline: Look | null, canary: Look | null = null): Reading => ({
  at: NOON + seconds * SECOND,
  canary,
  baseline,
});

/** Lives through readings and answers what the store then knows of all of them. */
async function metered(readings: readonly (Reading | Error)[]) {
  const store = new MemoryStore();
  const problems: string[] = [];
  let now: Instant = NOON;
  let next = 0;
  const meter = new Meter({
    store,
    clock: () => now,
    policy: async () => policy,
    read: async () => {
      const reading = readings[next++];
      if (reading === undefined || reading instanceof Error) throw reading;
      now = reading.at;
      return reading;
    },
    after: async () => {},
    report: ({ error }) => problems.push((error as Error).message),
  });
  for (const _ of readings) await meter.round();
  const sums = await store.measures.sum("production", 0, NOON * 2);
  return { store, problems, good: sums[0]?.good ?? 0, bad: sums[0]?.bad ?? 0 };
}

test("MM-21: what was counted between two readings is kept in its minute, of both versions", async () => {
  const { store, good, bad } = await metered([
    at(0, named("a", 5000, 100)),
    at(15, named("a", 5100, 101)),
    at(30, named("a", 5200, 102), named("b", 10, 5)),
    at(75, named("a", 5300, 102), named("b", 20, 5)),
  ]);
  assert.deepEqual([good, bad], [313, 7]);
  const [first] = await store.measures.sum("production", NOON, NOON + MINUTE);
  assert.deepEqual([first?.good, first?.bad], [203, 7]);
});

test("a version keeps its totals when it becomes the stable one", async () => {
  const { good } = await metered([
    at(0, named("a", 900), named("b", 500)),
    at(15, named("a", 910), named("b", 510)),
    at(30, named("b", 530)),
  ]);
  assert.equal(good, 10 + 10 + 20);
});

test("a version that was started anew counts from nothing", async () => {
  const { good } = await metered([at(0, named("a", 900)), at(15, named("a", 20))]);
  assert.equal(good, 20);
});

test("the first reading, one after a long pause, and one of a clock set back only begin the counting", async () => {
  const { good } = await metered([
    at(0, named("a", 900)),
    at(600, named("a", 5000)),
    at(300, named("a", 6000)),
    at(315, named("a", 6001)),
  ]);
  assert.equal(good, 1);
});

test("an environment that cannot be read is told and tried again; nothing is counted twice", async () => {
  const { problems, good } = await metered([
    at(0, named("a", 100)),
    new Error("no answer"),
    at(30, named("a", 150)),
  ]);
  assert.deepEqual([problems, good], [["no answer"], 50]);
});

test("nothing that serves is nothing that was measured", () => {
  assert.equal(takeIn(takeIn(undefined, at(0, null)), at(15, null)).counts, null);
});
