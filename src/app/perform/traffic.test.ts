import assert from "node:assert/strict";
import { test } from "node:test";
import { MINUTE } from "#core/base/time.ts";
import { objective } from "#core/objectives/objective.ts";
import { planFrom, withSteps } from "#core/release/given.fake.ts";
import { MemoryStore } from "../../store/memory.ts";
import { trafficIn, trafficOf } from "./traffic.ts";

const NOON = 1_800_000_000_000;
const environment = "production";

/** Ten minutes of 600 requests each, of which 6 fail; and what other objectives counted of them. */
async function measured() {
  const { measures } = new MemoryStore();
  const minutes = Array.from({ length: 10 }, (_, ago) => NOON - (ago + 1) * MINUTE);
  const counted = { errors: [594, 6], fast: [590, 10], calls: [5000, 0], up: [1, 0] } as const;
  const rows = minutes.flatMap((at) =>
    Object.entries(counted).map(([name, [good, bad]]) => ({
      ...{ environment, objective: name, at },
      ...{ good, bad },
    })),
  );
  await measures.keep(rows, 0);
  return measures;
}
const errors = objective.parse({ measure: "error-rate", most: "1 %" });
const fast = objective.parse({ measure: "p95", most: "300 ms" });
const calls = objective.parse({ measure: "database-error-rate", most: "1 %" });
const up = objective.parse({ measure: "availability", least: "99.9 %" });

test("the traffic is that of the last hour's requests, and what of them failed", async () => {
  const measures = await measured();
  const of = (objectives: Parameters<typeof trafficIn>[1]["objectives"]) =>
    trafficIn(measures, { environment, objectives, now: NOON });
  assert.deepEqual(await of({ up, calls, fast, errors }), { rate: 10, usual: 0.01 });
  assert.deepEqual(await of({ up, calls, fast }), { rate: 10, usual: 0.001 });
  assert.equal(await of({ up, calls }), null, "neither minutes nor calls are requests");
  const late = await trafficIn(measures, {
    ...{ environment, objectives: { errors } },
    now: NOON + 2 * 60 * MINUTE,
  });
  assert.equal(late, null);
});

test("a plan is told of each environment that it shifts traffic in; a rate that a person says counts instead", async () => {
  const measures = await measured();
  const plan = planFrom(
    withSteps([{ deploy: {} }, { shift: { weights: ["5 %"] } }], {
      objectives: { errors: { measure: "error-rate", most: "1 %" } },
    }),
  );
  const told = (rate?: number) => trafficOf(measures, plan, { now: NOON, rate });
  assert.deepEqual(await told(), { production: { rate: 10, usual: 0.01 } });
  assert.deepEqual(await told(0.5), { production: { rate: 0.5, usual: 0.01 } });
  const none = { ...plan, phases: [] };
  assert.deepEqual(await trafficOf(measures, none, { now: NOON, rate: 5 }), {});
});
