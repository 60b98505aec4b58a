import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { fewestRequests, sayPower, secondsToFind, smallestFound } from "./power.ts";

test("Wald's bound for two samples, as a table says it for 0.1 % usual errors", () => {
  const rows = [
    [0.05, [11_533, 3478, 1135, 340, 38, 3]],
    [0.25, [15_416, 4831, 1665, 540, 70, 5]],
    [0.5, [24_548, 7967, 2862, 973, 135, 10]],
  ] as const;
  for (const [weight, bounds] of rows)
    for (const [index, bad] of [0.002, 0.003, 0.005, 0.01, 0.05, 0.5].entries()) {
      const found = fewestRequests({ weight, usual: 0.001, bad });
      assert.ok(Math.abs(found - (bounds[index] ?? 0)) < 1, `${weight} ${bad}: ${found}`);
    }
});

test("the smallest rise that is found in a time is found in that time, and none smaller", () => {
  const share = fc.double({ min: 1e-5, max: 0.2, noNaN: true });
  fc.assert(
    fc.property(
      share,
      fc.double({ min: 0.01, max: 0.9, noNaN: true }),
      fc.integer({ min: 1, max: 5000 }),
      (usual, weight, rate) => {
        const step = { rate, weight, usual };
        const smallest = smallestFound(step, 3600);
        if (smallest === null) return assert.ok(secondsToFind(step, 1) > 3600);
        assert.ok(secondsToFind(step, smallest) <= 3600);
        assert.ok(secondsToFind(step, usual + (smallest - usual) * 0.99) >= 3600);
      },
    ),
  );
});

test("it is said in words, and honestly where nothing can be found", () => {
  assert.deepEqual(sayPower({ rate: 100, weight: 0.25, usual: 0.001 }), [
    "at 100 requests/s and 25 % a rise to 1 % errors is found in 1 min 30 s with 95 % power; the smallest rise that is found within the hour is one to 0.18 %",
    "at 100 requests/s and 25 % a healthy version goes on after 6 min 15 s",
  ]);
  const [quiet = ""] = sayPower({ rate: 0.1, weight: 0.05, usual: 0.001 });
  assert.match(quiet, /no test with these chances finds a rise to 1 % errors within the hour/);
  const [dead = ""] = sayPower({ rate: 0.0001, weight: 0.05, usual: 0.001 });
  assert.match(dead, /not even a version that always fails/);
});

test("at full weight nothing is found below what the judge lets pass of a version alone", () => {
  const alone = { rate: 1000, weight: 1, usual: 0.001 };
  assert.equal(secondsToFind(alone, 0.003), Number.POSITIVE_INFINITY);
  assert.ok(secondsToFind(alone, 0.01) < 60);
  const found = smallestFound(alone, 3600) ?? 0;
  assert.ok(found > 0.003 && found < 0.004, `${found}`);
  assert.equal(secondsToFind({ ...alone, usual: 0.01 }, 0.03), Number.POSITIVE_INFINITY);
});
