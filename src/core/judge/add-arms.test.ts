import assert from "node:assert/strict";
import { test } from "node:test";
import { addArms } from "./add-arms.ts";

test("counts add up, load is the later one, and what nobody counted stays uncounted", () => {
  const one = { requests: 5, errors: 1, latency: [[10, 5]], cpu: 40, dbErrors: 1 } as const;
  const other = { requests: 2, errors: 0, latency: [[12, 2]], cpu: 60, cacheHits: 2 } as const;
  assert.deepEqual(addArms(one, other), {
    requests: 7,
    errors: 1,
    latency: [
      [10, 5],
      [12, 2],
    ],
    dbErrors: 1,
    cacheHits: 2,
    cpu: 60,
  });
  assert.equal(addArms(other, { requests: 0, errors: 0, latency: [] }).cpu, 60);
});
