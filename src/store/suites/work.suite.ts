import assert from "node:assert/strict";
import type { Store } from "#app/ports/store.ts";
import { append, boardRow, event, NOON } from "../../../test/appends.ts";
import { ok, type Rule, refused } from "./rule.suite.ts";

/** What hangs on a stream: intents, rows, names that are held, and who hears of an append. */
export function workRules(rule: Rule): void {
  rule(
    "an append's intents replace those of its stream; known ones keep their attempts",
    async ({ store }) => {
      const intents = [
        { id: "go", due: NOON, body: { n: 1 } },
        { id: "keep", due: NOON, body: { n: 1 } },
      ];
      await ok(store, append("r1", 0, { intents }));
      await ok(store, append("r2", 0, { intents: [{ id: "other", due: NOON, body: null }] }));
      await store.postpone("keep", NOON + 10);
      await store.postpone("keep", NOON + 20);
      const next = [
        { id: "keep", due: NOON + 30, body: { n: 2 } },
        { id: "new", due: NOON + 5, body: { n: 3 } },
      ];
      await ok(store, append("r1", 1, { intents: next }));
      assert.deepEqual(await store.intents("r1"), [
        { id: "new", due: NOON + 5, body: { n: 3 }, attempts: 0 },
        { id: "keep", due: NOON + 30, body: { n: 2 }, attempts: 2 },
      ]);
      assert.equal((await store.intents("r2")).length, 1);
    },
  );

  rule(
    "a postponed intent is not due any earlier because something else was appended",
    async ({ store }) => {
      const intents = [{ id: "i1", due: NOON, body: null }];
      await ok(store, append("r1", 0, { intents }));
      await store.postpone("i1", NOON + 60);
      await ok(store, append("r1", 1, { intents }));
      assert.deepEqual(await store.intents("r1"), [
        { id: "i1", due: NOON + 60, body: null, attempts: 1 },
      ]);
      assert.equal(await store.nextDue(), NOON + 60);
    },
  );

  rule(
    "an intent that was never postponed becomes due when the latest append says",
    async ({ store }) => {
      await ok(store, append("r1", 0, { intents: [{ id: "i1", due: NOON + 60, body: null }] }));
      await ok(store, append("r1", 1, { intents: [{ id: "i1", due: NOON, body: null }] }));
      assert.equal(await store.nextDue(), NOON);
    },
  );

  rule("postponing an intent that is gone changes nothing", async ({ store }) => {
    await ok(store, append("r1"));
    await store.postpone("gone", NOON);
    assert.deepEqual(await store.intents("r1"), []);
    assert.equal(await store.nextDue(), null);
  });

  rule(
    "an append without events writes anew what hangs on the stream, and no entry",
    async ({ store }) => {
      await ok(store, append("r1"));
      const intents = [{ id: "i1", due: NOON + 5, body: 1 }];
      const row = boardRow("r1", { status: "again" });
      assert.deepEqual(
        await ok(store, append("r1", 1, { events: [], intents, wakeAt: NOON, row })),
        [],
      );
      assert.equal((await store.head()).position, 1);
      assert.deepEqual(await store.rows({ limit: 1 }), [row]);
      assert.equal(await store.nextDue(), NOON);
    },
  );

  rule("nothing is due before the earliest wake-up or intent of any stream", async ({ store }) => {
    await ok(store, append("r1", 0, { wakeAt: NOON + 9 }));
    assert.equal(await store.nextDue(), NOON + 9);
    await ok(
      store,
      append("r2", 0, { wakeAt: NOON + 8, intents: [{ id: "i1", due: NOON + 3, body: null }] }),
    );
    assert.equal(await store.nextDue(), NOON + 3);
    await store.postpone("i1", NOON + 50);
    assert.equal(await store.nextDue(), NOON + 8);
    await ok(store, append("r2", 1));
    assert.equal(await store.nextDue(), NOON + 9);
    await ok(store, append("r1", 1));
    assert.equal(await store.nextDue(), null);
  });

  rule(
    "rows show what the last append said of each release, the latest planned first",
    async ({ store }) => {
      const rows = [
        boardRow("a", { plannedAt: NOON + 1 }),
        boardRow("b", { plannedAt: NOON + 3, ended: true }),
        boardRow("c", { plannedAt: NOON + 2 }),
        boardRow("d", { plannedAt: NOON + 2, system: "other" }),
      ];
      for (const row of rows) await ok(store, append(row.release, 0, { row }));
      const names = async (filter: Parameters<Store["rows"]>[0]) =>
        (await store.rows(filter)).map(({ release }) => release).join("");
      assert.equal(await names({ limit: 10 }), "bdca");
      assert.equal(await names({ limit: 2 }), "bd");
      assert.equal(await names({ ended: false, limit: 10 }), "dca");
      assert.equal(await names({ ended: true, limit: 10 }), "b");
      assert.equal(await names({ release: "c", limit: 10 }), "c");
      assert.equal(await names({ release: "b", ended: false, limit: 10 }), "");
      const d = { plannedAt: NOON + 2, release: "d" };
      assert.equal(await names({ before: d, limit: 10 }), "ca");
      assert.equal(await names({ before: { ...d, release: "c" }, limit: 10 }), "a");
      assert.equal(await names({ before: { ...d, plannedAt: NOON + 4 }, limit: 1 }), "b");
      const changed = boardRow("a", {
        plannedAt: NOON + 9,
        status: "stable",
        ended: true,
        version: "2",
      });
      await ok(store, append("a", 1, { row: changed }));
      assert.deepEqual(await store.rows({ limit: 1 }), [changed]);
    },
  );

  rule(
    "a stream that is no release has entries in the journal, and neither a row nor work",
    async ({ store }) => {
      await ok(store, append("page/incidents", 0, { row: null }));
      await ok(store, append("page/incidents", 1, { row: null, events: [event()] }));
      assert.equal((await store.read("page/incidents")).length, 2);
      assert.equal((await store.head()).position, 2);
      assert.deepEqual(await store.rows({ limit: 9 }), []);
      assert.deepEqual(await store.claim({ owner: "w", now: NOON, lease: 9, limit: 9 }), []);
      assert.equal(await store.nextDue(), null);
      assert.equal(await refused(store, append("page/incidents", 1, { row: null })), "conflict");
    },
  );

  rule(
    "a name is held by whoever took it first, until that holder lets it go",
    async ({ store, again }) => {
      const other = await again();
      assert.equal(await store.holder("production"), null);
      assert.equal(await store.hold("production", "r1"), "r1");
      assert.equal(await other.holder("production"), "r1");
      assert.equal(await other.hold("production", "r2"), "r1");
      assert.equal(await store.hold("production", "r1"), "r1");
      assert.equal(await store.hold("staging", "r2"), "r2");
      await other.letGo("production", "r2");
      assert.equal(await store.hold("production", "r3"), "r1");
      await store.letGo("production", "r1");
      assert.equal(await other.hold("production", "r2"), "r2");
    },
  );

  rule(
    "listeners hear of appends, their own store's and another's, until they stop",
    async ({ store, again }) => {
      const other = await again();
      const heard = () =>
        new Promise<void>((resolve) => {
          const stop = store.onAppend(() => {
            stop();
            resolve();
          });
        });
      const own = heard();
      await ok(store, append("r1"));
      await own;
      const foreign = heard();
      await ok(other, append("r2"));
      await foreign;
      let calls = 0;
      store.onAppend(() => calls++)();
      await ok(store, append("r3"));
      assert.equal(calls, 0);
    },
  );
}
