import assert from "node:assert/strict";
import { test } from "node:test";
import { DAY, MINUTE, SECOND } from "#core/base/time.ts";
import { objective } from "#core/objectives/objective.ts";
import { MemoryStore } from "../../store/memory.ts";
import { recordedIn } from "./budget.ts";

const NOON = 1_800_000_000_000;
const objectives = {
  success: objective.parse({ measure: "success", least: "99.9 %" }),
  week: objective.parse({ measure: "error-rate", most: "1 %", over: "7 d" }),
  never: objective.parse({ measure: "cache-hits", least: "90 %" }),
};
const environment = "production";

test("the record of each objective is that of its own period, and nothing where it was never measured", async () => {
  const { measures } = new MemoryStore();
  const minute = (name: string, at: number) => ({
    ...{ environment, objective: name, at },
    ...{ good: 90, bad: 10 },
  });
  const days = [20, 5].map((ago) => NOON - ago * DAY);
  await measures.keep(
    days.flatMap((at) => [minute("success", at), minute("week", at)]),
    0,
  );
  assert.deepEqual(await recordedIn(measures, { environment, objectives, now: NOON }), {
    success: { good: 180, bad: 20, measured: 20 * DAY },
    week: { good: 90, bad: 10, measured: 5 * DAY },
  });
});

test("looks every 5 s sum a month of minutes once a minute", async () => {
  const { measures } = new MemoryStore();
  let sums = 0;
  const counting = {
    sum: (...of: Parameters<typeof measures.sum>) => {
      sums += 1;
      return measures.sum(...of);
    },
  };
  for (let at = 0; at < 3 * MINUTE; at += 5 * SECOND)
    await recordedIn(counting, { environment, objectives, now: NOON + at });
  assert.equal(sums, 3 * 2, "three minutes, two periods");
});
