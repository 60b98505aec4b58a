import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { HOUR, type Instant } from "#core/base/time.ts";
import type { Answer } from "#core/gates/gate.ts";
import type { PolicyText } from "#core/policy/policy.ts";
import { DONE, LEAD, planFrom } from "#core/release/given.fake.ts";
import type { Wanted } from "#core/release/next.ts";
import { MemoryStore } from "../store/memory.ts";
import { Handler } from "./handle.ts";
import { Worker } from "./worker.ts";

const POLICY: PolicyText = {
  holdpoint: 1,
  system: "Slow",
  roles: { lead: [LEAD] },
  phases: {
    work: { steps: [{ run: { run: ["do"], undo: ["undo"] } }, { run: { run: ["fail"] } }] },
  },
  types: { any: { bumps: ["patch"], phases: ["work"] } },
  rollback: { target: "1 h" },
};

test("what the clock makes of a release is recorded while a long piece of work is still under way", async () => {
  const plan = planFrom(POLICY);
  const store = new MemoryStore();
  const handler = new Handler(store);
  let now: Instant = 0;
  let finish: (answer: Answer) => void = () => {};
  const undone = new Promise<Answer>((resolve) => {
    finish = resolve;
  });
  const perform = async (_: string, wanted: Wanted): Promise<Answer> => {
    const [verb] = wanted.ask === "command" ? wanted.argv : [];
    if (verb === "undo") return undone;
    return verb === "fail" ? { outcome: "done", facts: { exit: 1 } } : DONE;
  };
  const worker = new Worker({
    ...{ store, handler, perform, owner: "one", lease: 100 * HOUR },
    clock: () => now,
    report: ({ error }) => {
      throw error;
    },
  });
  const types = async () => (await store.read(plan.release, 0)).map(({ type }) => type);
  const comes = async (type: string) => {
    for (let turn = 0; turn < 200; turn += 1) {
      if ((await types()).includes(type)) return;
      await pause(25);
    }
    assert.fail(`${type} never comes: ${await types()}`);
  };
  const planned = await handler.handle(plan.release, { ask: "plan", by: LEAD, plan }, { now });
  assert.ok(planned.ok);
  worker.start();
  try {
    await comes("RollbackDecided");
    now += 1.5 * HOUR;
    await comes("RollbackLate");
    assert.ok(!(await types()).includes("ReleaseEnded"));
    finish(DONE);
    await comes("ReleaseEnded");
  } finally {
    finish(DONE);
    await worker.stop();
  }
});
