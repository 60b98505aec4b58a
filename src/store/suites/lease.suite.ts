import assert from "node:assert/strict";
import { append, NOON } from "../../../test/appends.ts";
import { ok, type Rule, refused } from "./rule.suite.ts";

/** Who may work on a stream, and until when. */
export function leaseRules(rule: Rule): void {
  const ask = { owner: "w1", now: NOON, lease: 100, limit: 10 };

  rule(
    "streams that are due are leased, the longest due first, and no more than asked for",
    async ({ store }) => {
      await ok(store, append("r1", 0, { wakeAt: NOON }));
      await ok(store, append("r2", 0, { wakeAt: NOON - 5 }));
      await ok(store, append("r3", 0, { intents: [{ id: "i", due: NOON - 9, body: null }] }));
      await ok(store, append("r4", 0, { wakeAt: NOON + 1 }));
      await ok(store, append("r5"));
      const lease = (stream: string) => ({ stream, owner: "w1", token: 1, until: NOON + 100 });
      assert.deepEqual(await store.claim({ ...ask, stream: "r4" }), []);
      assert.deepEqual(await store.claim({ ...ask, stream: "r1" }), [lease("r1")]);
      assert.deepEqual(await store.claim({ ...ask, limit: 1 }), [lease("r3")]);
      assert.deepEqual(await store.claim(ask), [lease("r2")]);
      assert.deepEqual(await store.claim(ask), []);
    },
  );

  rule(
    "a running lease keeps everyone out; after its end another gets a higher token",
    async ({ store, again }) => {
      const other = await again();
      await ok(store, append("r1", 0, { wakeAt: NOON }));
      const [first] = await store.claim(ask);
      assert.ok(first);
      assert.deepEqual(await other.claim({ ...ask, owner: "w2", now: NOON + 99 }), []);
      assert.deepEqual(await store.claim({ ...ask, now: NOON + 99 }), []);
      const [second] = await other.claim({ ...ask, owner: "w2", now: NOON + 100 });
      assert.deepEqual(second, { stream: "r1", owner: "w2", token: 2, until: NOON + 200 });
      assert.equal(await refused(store, append("r1", 1, { lease: first, wakeAt: NOON })), "fenced");
      assert.equal(await store.renew(first, NOON + 500), null);
      await store.yield(first);
      await ok(store, append("r1", 1, { lease: second, wakeAt: NOON }));
      assert.deepEqual(await store.claim({ ...ask, now: NOON + 150 }), []);
    },
  );

  rule(
    "an expired lease that nobody took over still counts, and can be renewed",
    async ({ store }) => {
      await ok(store, append("r1", 0, { wakeAt: NOON }));
      const [lease] = await store.claim(ask);
      assert.ok(lease);
      await ok(store, append("r1", 1, { lease, wakeAt: NOON }));
      assert.deepEqual(await store.renew(lease, NOON + 900), { ...lease, until: NOON + 900 });
      assert.deepEqual(await store.claim({ ...ask, now: NOON + 899 }), []);
    },
  );

  rule(
    "a lease that was given back can be claimed at once, and appends under it are fenced",
    async ({ store }) => {
      await ok(store, append("r1", 0, { wakeAt: NOON }));
      const [lease] = await store.claim(ask);
      assert.ok(lease);
      await store.yield(lease);
      assert.equal(await refused(store, append("r1", 1, { lease })), "fenced");
      assert.equal(await store.renew(lease, NOON + 900), null);
      const [next] = await store.claim({ ...ask, owner: "w2" });
      assert.equal(next?.token, 2);
    },
  );

  rule(
    "an append without a lease goes through beside a running one, which learns of it as a conflict",
    async ({ store }) => {
      await ok(store, append("r1", 0, { wakeAt: NOON }));
      const [lease] = await store.claim(ask);
      assert.ok(lease);
      await ok(store, append("r1", 1, { wakeAt: NOON }));
      assert.equal(await refused(store, append("r1", 1, { lease, wakeAt: NOON })), "conflict");
      await ok(store, append("r1", 2, { lease, wakeAt: NOON }));
    },
  );

  rule(
    "a leased stream can be claimed next at its lease's end, or at its due time if that is later",
    async ({ store }) => {
      await ok(store, append("r1", 0, { wakeAt: NOON }));
      const [lease] = await store.claim(ask);
      assert.ok(lease);
      assert.equal(await store.nextDue(), NOON + 100);
      await ok(store, append("r1", 1, { lease, wakeAt: NOON + 300 }));
      assert.equal(await store.nextDue(), NOON + 300);
      await store.yield(lease);
      await ok(store, append("r1", 2, { wakeAt: NOON + 2 }));
      assert.equal(await store.nextDue(), NOON + 2);
    },
  );

  rule("of many who claim at once each stream goes to one", async ({ store, again }) => {
    const other = await again();
    const names = Array.from({ length: 40 }, (_, index) => `r${index}`);
    await Promise.all(names.map((name) => ok(store, append(name, 0, { wakeAt: NOON }))));
    const claims = Array.from({ length: 30 }, (_, index) =>
      (index % 2 === 0 ? store : other).claim({ ...ask, owner: `w${index}`, limit: 3 }),
    );
    const leases = (await Promise.all(claims)).flat();
    // Whoever meets rows that another is just claiming passes over them; the next round gets what was left.
    leases.push(...(await store.claim({ ...ask, limit: 40 })));
    assert.deepEqual(leases.map(({ stream }) => stream).sort(), names.sort());
    assert.ok(leases.every(({ token }) => token === 1));
  });
}
