import assert from "node:assert/strict";
import { append, event, NOON } from "../../../test/appends.ts";
import { MemoryStore } from "../memory.ts";
import type { Piece } from "../transfer.ts";
import { verifyJournal } from "../verify-journal.ts";
import { everything, type Fixture, ok, type Rule, refused, sorted } from "./rule.suite.ts";

/** From one store into another. */
export function transferRules(rule: Rule, fresh: () => Promise<Fixture>): void {
  rule(
    "a store filled with the pieces of another goes on where that one stood",
    async ({ store }) => {
      await ok(
        store,
        append("r1", 0, { wakeAt: NOON, request: "key", events: [event(), event()] }),
      );
      await ok(store, append("r2", 0, { intents: [{ id: "i1", due: NOON, body: { n: 1 } }] }));
      await store.postpone("i1", NOON + 5);
      await store.hold("production", "r1");
      const minute = {
        environment: "production",
        objective: "success",
        at: NOON,
        good: 9.5,
        bad: 1,
      };
      await store.measures.keep([minute], 0);
      const [lease] = await store.claim({ owner: "w", now: NOON, lease: 9, limit: 1 });
      assert.equal(lease?.stream, "r1");
      const copy = (await fresh()).store;
      await copy.fill(store.pieces());
      assert.deepEqual(sorted(await everything(copy)), sorted(await everything(store)));
      assert.deepEqual(await verifyJournal(copy), { ok: true, value: await store.head() });
      assert.equal(await refused(copy, append("r9", 0, { request: "key" })), "repeated");
      assert.equal(await copy.hold("production", "r2"), "r1");
      assert.equal(await copy.nextDue(), NOON);
      const [next] = await copy.claim({ owner: "w", now: NOON, lease: 9, limit: 1 });
      assert.equal(next?.token, 2);
      assert.deepEqual(await ok(copy, append("r1", 2)), await ok(store, append("r1", 2)));
    },
  );

  rule("a store that has an entry is not filled", async ({ store }) => {
    await ok(store, append("r1"));
    const model = new MemoryStore();
    await assert.rejects(store.fill(model.pieces()), { code: "not-empty" });
    assert.equal((await store.head()).position, 1);
  });

  rule("a filling that breaks off leaves the store empty", async ({ store }) => {
    const model = new MemoryStore();
    for (let index = 0; index < 3; index++) await ok(model, append(`r${index}`));
    async function* broken(): AsyncGenerator<Piece> {
      for await (const piece of model.pieces()) {
        if (piece.kind === "row") throw new Error("cut");
        yield piece;
      }
    }
    await assert.rejects(store.fill(broken()), /cut/);
    assert.deepEqual(await everything(store), await everything(new MemoryStore()));
    await store.fill(model.pieces());
    assert.deepEqual(await everything(store), await everything(model));
  });

  rule(
    "the pieces of a store show one moment, whatever is appended meanwhile",
    async ({ store }) => {
      await ok(store, append("r1"));
      const pieces: Piece[] = [];
      for await (const piece of store.pieces()) {
        if (pieces.length === 0) await ok(store, append("r2"));
        pieces.push(piece);
      }
      assert.deepEqual(
        pieces.map(({ kind }) => kind),
        ["entry", "stream", "row", "head"],
      );
      assert.equal((await store.head()).position, 2);
    },
  );
}
