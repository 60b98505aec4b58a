import assert from "node:assert/strict";
import type { MinuteTally, Push } from "#app/ports/measures.ts";
import { MINUTE } from "#core/base/time.ts";
import { NOON } from "../../../test/appends.ts";
import { everything, type Rule, sorted } from "./rule.suite.ts";

const minute = (at: number, good: number, bad: number, more: Partial<MinuteTally> = {}) => ({
  ...{ environment: "production", objective: "success", at: NOON + at * MINUTE, good, bad },
  ...more,
});
const push = (at: number, requests: number, more: Partial<Push> = {}): Push => ({
  ...{ environment: "production", arm: "canary", at: NOON + at },
  counts: { requests, errors: 1, latency: [[10, requests]], cpu: at },
  ...more,
});

/** What is measured: minutes of objectives, and what is pushed. */
export function measureRules(rule: Rule): void {
  rule("minutes are summed by objective over exactly the time asked for", async ({ store }) => {
    const speed = { objective: "speed" };
    const { measures } = store;
    await measures.keep([minute(0, 10, 1), minute(1, 20, 2), minute(2, 40, 0.5)], 0);
    await measures.keep([minute(1, 7, 3, speed), minute(1, 9, 9, { environment: "staging" })], 0);
    assert.deepEqual(await measures.sum("production", NOON, NOON + 2 * MINUTE), [
      { objective: "speed", good: 7, bad: 3, first: NOON + MINUTE, last: NOON + MINUTE },
      { objective: "success", good: 30, bad: 3, first: NOON, last: NOON + MINUTE },
    ]);
    assert.deepEqual(await measures.sum("production", NOON + 3 * MINUTE, NOON + 9 * MINUTE), []);
    assert.equal((await measures.sum("production", 0, NOON * 2))[1]?.bad, 3.5);
  });

  rule(
    "of two records of one minute that which counted more stays, whoever wrote first",
    async ({ store, again }) => {
      const other = await again();
      await store.measures.keep([minute(0, 10, 1)], 0);
      await other.measures.keep([minute(0, 3, 0), minute(1, 5, 5), minute(1, 5, 0)], 0);
      await store.measures.keep([minute(1, 2, 2)], 0);
      const [sum] = await other.measures.sum("production", NOON, NOON + MINUTE * 9);
      assert.deepEqual([sum?.good, sum?.bad], [15, 6]);
    },
  );

  rule(
    "a minute that counts as one whole is what was said of it last: it may turn bad before it ends",
    async ({ store }) => {
      await store.measures.keep([minute(0, 1, 0)], 0);
      await store.measures.keep([minute(0, 0.25, 0.75), minute(1, 0, 1), minute(1, 1, 0)], 0);
      const [sum] = await store.measures.sum("production", 0, NOON * 2);
      assert.deepEqual([sum?.good, sum?.bad], [1.25, 0.75]);
    },
  );

  rule(
    "what is older than asked for is forgotten, so the record stays bounded",
    async ({ store }) => {
      await store.measures.keep([minute(0, 1, 0), minute(1, 1, 0), minute(2, 1, 0)], 0);
      await store.measures.keep([], NOON + MINUTE);
      const [sum] = await store.measures.sum("production", 0, NOON * 2);
      assert.deepEqual([sum?.good, sum?.first], [2, NOON + MINUTE]);
    },
  );

  rule("a minute that is no number is refused whole", async ({ store }) => {
    for (const bad of [Number.NaN, -1, Number.POSITIVE_INFINITY])
      await assert.rejects(
        store.measures.keep([minute(0, 1, 0), minute(1, 1, bad)], 0),
        RangeError,
      );
    assert.deepEqual(await store.measures.sum("production", 0, NOON * 2), []);
  });

  rule("pushes add up, each once, in whatever order they come", async ({ store, again }) => {
    const other = await again();
    assert.equal(await store.measures.push([push(5, 10), push(10, 20)], 0), 2);
    assert.equal(await other.measures.push([push(10, 999), push(7, 3)], 0), 1);
    const baseline = push(5, 1, { arm: "baseline" });
    assert.equal(await store.measures.push([baseline, baseline], 0), 1);
    const canary = { requests: 33, errors: 3, latency: [[10, 33]], cpu: 10 };
    assert.deepEqual(await other.measures.pushed("production"), [
      {
        arm: "baseline",
        latest: NOON + 5,
        totals: { requests: 1, errors: 1, latency: [[10, 1]], cpu: 5 },
      },
      { arm: "canary", latest: NOON + 10, totals: canary },
    ]);
    assert.deepEqual(await store.measures.pushed("staging"), []);
  });

  rule("forgetting the moments of pushes keeps their totals", async ({ store }) => {
    await store.measures.push([push(5, 10)], 0);
    await store.measures.push([], NOON + 6);
    assert.equal((await store.measures.pushed("production"))[0]?.totals.requests, 10);
  });

  rule("many who push at once lose nothing and count nothing twice", async ({ store, again }) => {
    const other = await again();
    const all = Array.from({ length: 20 }, (_, at) => push(at, 1));
    const stores = [store, other, store, other];
    const fresh = await Promise.all(
      stores.map(async ({ measures }) => {
        let count = 0;
        for (const one of all) count += await measures.push([one], 0);
        return count;
      }),
    );
    assert.equal(
      fresh.reduce((sum, count) => sum + count, 0),
      20,
    );
    assert.equal((await store.measures.pushed("production"))[0]?.totals.requests, 20);
  });

  rule("minutes go along when a store is filled from another", async ({ store, again }) => {
    await store.measures.keep([minute(0, 10, 1.5), minute(1, 20, 2)], 0);
    const pieces = sorted(await everything(store)).filter((line) => line.includes('"minute"'));
    assert.equal(pieces.length, 2);
    assert.deepEqual(sorted(await everything(await again())), sorted(await everything(store)));
  });
}
