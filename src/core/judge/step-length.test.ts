import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { MINUTE, SECOND } from "../base/time.ts";
import { secondsToFind } from "./power.ts";
import { stepLength } from "./step-length.ts";

const wish = { errors: 100, least: 2 * MINUTE, most: 30 * MINUTE };

test("a weight lasts as long as the judge needs to find the rise with 95 % power, at the traffic that was measured", () => {
  const traffic = { rate: 20, usual: 0.001 };
  const { length, said } = stepLength(wish, 2500, traffic);
  const needed = secondsToFind({ ...traffic, weight: 0.25 }, 0.01);
  assert.ok(length >= needed * SECOND && length < (needed + 1) * SECOND);
  assert.match(said, /^a rise to 1 % errors takes 7 min \d+ s to be found at 20 requests\/s$/);
});

test("it lasts at least and at most what the policy allows; what the most leaves unseen is said", () => {
  assert.equal(stepLength(wish, 5000, { rate: 5000, usual: 0.001 }).length, 2 * MINUTE);
  const quiet = stepLength(wish, 500, { rate: 10, usual: 0.001 });
  assert.equal(quiet.length, 30 * MINUTE);
  assert.match(
    quiet.said,
    /^no test finds a rise to 1 % errors at 10 requests\/s in 30 min; one to \d\.?\d* % is$/,
  );
  const dead = stepLength(wish, 500, { rate: 0.001, usual: 0 });
  assert.match(dead.said, /not even a version that always fails is$/);
});

test("a rise that is none, no traffic and unknown traffic are said, and last the most", () => {
  assert.match(
    stepLength(wish, 500, { rate: 1e6, usual: 0.02 }).said,
    /no test finds a rise to 1 %/,
  );
  for (const traffic of [null, { rate: 0, usual: 0 }])
    assert.deepEqual(stepLength(wish, 500, traffic), {
      length: 30 * MINUTE,
      said: "the traffic was not measured, so it is not known whether a rise to 1 % errors is found meanwhile",
    });
  assert.equal(stepLength(wish, 0, null).length, 2 * MINUTE);
});

test("more traffic or a larger rise never make a weight longer", () => {
  const share = fc.integer({ min: 1, max: 9900 });
  fc.assert(
    fc.property(share, share, fc.integer({ min: 1, max: 1e5 }), (weight, errors, rate) => {
      const at = (more: { rate?: number; errors?: number }) =>
        stepLength({ ...wish, errors: more.errors ?? errors }, weight, {
          ...{ rate: more.rate ?? rate, usual: 0.0005 },
        }).length;
      const length = at({});
      assert.ok(length >= wish.least && length <= wish.most);
      assert.ok(at({ rate: rate * 2 }) <= length);
      assert.ok(at({ errors: errors + 100 }) <= length);
    }),
  );
});
