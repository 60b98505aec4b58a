import assert from "node:assert/strict";
import { test } from "node:test";
import { MINUTE } from "#core/base/time.ts";
import type { Policy } from "#core/policy/policy.ts";
import { MemoryStore } from "../store/memory.ts";
import { tellBurns } from "./burn-alerts.ts";
import type { Outside } from "./perform/outside.ts";

const NOON = 1_800_000_000_000;
const policy = {
  system: "Shop",
  zone: "UTC",
  objectives: { success: { measure: "success", least: 9990 } },
  gates: { budget: { budget: { environment: "production" } } },
  phases: {},
  rollback: { on: {} },
  alerts: {
    critical: { channels: ["pager", "chat"], message: "alert" },
    warning: { channels: ["chat"], message: "alert" },
  },
  messages: { alert: { title: "{{severity}}", body: "" } },
} as unknown as Policy;

/** A store, what was sent, and a way to have minutes counted with a share of errors. */
function world() {
  const store = new MemoryStore();
  const sent: string[] = [];
  let broken = false;
  const channel: Outside["channel"] = (name) => ({
    send: async (_, { facts }) => {
      if (broken) return { outcome: "failed", reason: "down" };
      sent.push(`${name} ${facts["severity"]} ${facts["state"]}`);
      return { outcome: "done", facts: {} };
    },
  });
  return {
    sent,
    breakChannels: (is: boolean) => {
      broken = is;
    },
    look: (now: number) => tellBurns({ store, channel }, policy, now),
    count: (from: number, minutes: number, share: number) =>
      store.measures.keep(
        Array.from({ length: minutes }, (_, at) => ({
          ...{ environment: "production", objective: "success", at: from + at * MINUTE },
          ...{ good: 1000 * (1 - share), bad: 1000 * share },
        })),
        0,
      ),
  };
}

test("AM-21 MM-22: a page burn alerts once in all critical channels, and once more when it is over", async () => {
  const { sent, look, count } = world();
  await count(NOON - 60 * MINUTE, 60, 0.05);
  await look(NOON);
  await look(NOON + MINUTE);
  assert.deepEqual(sent, ["pager critical raised", "chat critical raised"]);
  await count(NOON, 60 * 24 * 4, 0);
  await look(NOON + 4 * 24 * 60 * MINUTE);
  await look(NOON + 4 * 24 * 60 * MINUTE + MINUTE);
  assert.deepEqual(sent.slice(2), ["pager critical resolved", "chat critical resolved"]);
});

test("AM-21: a ticket burn is a warning, and a graver one is told anew", async () => {
  const { sent, look, count } = world();
  await count(NOON - 60 * 24 * MINUTE, 60 * 24, 0.004);
  await look(NOON);
  assert.deepEqual(sent, ["chat warning raised"]);
  await count(NOON, 60, 0.05);
  await look(NOON + 60 * MINUTE);
  assert.deepEqual(sent.slice(1), ["pager critical raised", "chat critical raised"]);
});

test("an alert that no channel took is told again", async () => {
  const { sent, look, count, breakChannels } = world();
  await count(NOON - 60 * MINUTE, 60, 0.05);
  breakChannels(true);
  await assert.rejects(look(NOON));
  breakChannels(false);
  await look(NOON + MINUTE);
  assert.equal(sent.length, 2);
});

test("nothing that burns is nothing to tell", async () => {
  const { sent, look, count } = world();
  await count(NOON - 60 * MINUTE, 60, 0.0005);
  await look(NOON);
  assert.deepEqual(sent, []);
});
