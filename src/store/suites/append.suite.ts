import assert from "node:assert/strict";
import fc from "fast-check";
import type { Append } from "#app/ports/store.ts";
import { EMPTY_HEAD } from "#core/audit/entry.ts";
import { append, boardRow, event, NOON } from "../../../test/appends.ts";
import { verifyJournal } from "../verify-journal.ts";
import { everything, ok, type Rule, refused } from "./rule.suite.ts";

/** Entries: their places, their chain, and when an append is refused. */
export function appendRules(rule: Rule): void {
  rule(
    "an empty store has no entries, no rows, nothing due, and the head of an empty journal",
    async ({ store }) => {
      assert.deepEqual(await store.head(), EMPTY_HEAD);
      assert.deepEqual(await store.readAll(0, 10), []);
      assert.deepEqual(await store.read("r1"), []);
      assert.deepEqual(await store.rows({ limit: 10 }), []);
      assert.deepEqual(await store.intents("r1"), []);
      assert.equal(await store.nextDue(), null);
      assert.equal((await verifyJournal(store)).ok, true);
    },
  );

  rule(
    "appended events become entries without gaps in one chain over all streams",
    async ({ store }) => {
      const first = await ok(
        store,
        append("r1", 0, { events: [event(), event({ type: "held" })] }),
      );
      const second = await ok(
        store,
        append("r2", 0, { events: [event({ data: { reason: "x" } })] }),
      );
      const third = await ok(store, append("r1", 2));
      const all = [...first, ...second, ...third];
      assert.deepEqual(await store.readAll(0, 10), all);
      assert.deepEqual(
        all.map(({ position, stream, seq }) => [position, stream, seq]),
        [
          [1, "r1", 1],
          [2, "r1", 2],
          [3, "r2", 1],
          [4, "r1", 3],
        ],
      );
      assert.deepEqual(
        all.map(({ prev }) => prev),
        [EMPTY_HEAD.hash, ...all.slice(0, 3).map(({ hash }) => hash)],
      );
      const head = { position: 4, hash: third[0]?.hash };
      assert.deepEqual(await store.head(), head);
      assert.deepEqual(await verifyJournal(store), { ok: true, value: head });
    },
  );

  rule(
    "a stream is read after a seq, the journal after a position and page by page",
    async ({ store }) => {
      await ok(store, append("r1", 0, { events: [event(), event(), event()] }));
      await ok(store, append("r2", 0, { events: [event(), event()] }));
      const seqs = async (after?: number) => (await store.read("r1", after)).map(({ seq }) => seq);
      assert.deepEqual(
        [await seqs(), await seqs(0), await seqs(2), await seqs(3)],
        [[1, 2, 3], [1, 2, 3], [3], []],
      );
      const positions = async (after: number, limit: number) =>
        (await store.readAll(after, limit)).map(({ position }) => position);
      assert.deepEqual(await positions(0, 2), [1, 2]);
      assert.deepEqual(await positions(2, 2), [3, 4]);
      assert.deepEqual(await positions(4, 2), [5]);
      assert.deepEqual(await positions(5, 2), []);
    },
  );

  rule(
    "a decision that has not seen the stream's last entry is a conflict and changes nothing",
    async ({ store }) => {
      await ok(
        store,
        append("r1", 0, { intents: [{ id: "i1", due: NOON, body: 1 }], request: "a" }),
      );
      const before = await everything(store);
      for (const expected of [0, 2]) {
        const row = boardRow("r1", { status: "changed" });
        const asked = append("r1", expected, { intents: [], wakeAt: 5, row, request: "b" });
        assert.equal(await refused(store, asked), "conflict");
      }
      assert.equal(await refused(store, append("r2", 1)), "conflict");
      assert.deepEqual(await everything(store), before);
      await ok(store, append("r1", 1, { request: "b" }));
    },
  );

  rule(
    "a request that was appended before is refused as repeated, whatever has happened since",
    async ({ store }) => {
      await ok(store, append("r1", 0, { request: "key" }));
      await ok(store, append("r1", 1));
      assert.equal(await refused(store, append("r1", 0, { request: "key" })), "repeated");
      assert.equal(await refused(store, append("r1", 2, { request: "key" })), "repeated");
      assert.equal(await refused(store, append("r2", 0, { request: "key" })), "repeated");
      assert.equal((await store.head()).position, 2);
    },
  );

  rule(
    "appends that share a transaction are decided each on its own, in their order",
    async ({ store }) => {
      await ok(store, append("r1", 0, { request: "old" }));
      const answers = await Promise.all([
        refused(store, append("r1", 1)),
        refused(store, append("r1", 1)),
        refused(store, append("r1", 2, { request: "old" })),
        refused(store, append("r2", 0, { request: "new" })),
        refused(store, append("r3", 0, { request: "new" })),
        refused(
          store,
          append("r1", 2, { lease: { stream: "r1", owner: "w", token: 1, until: NOON } }),
        ),
        refused(store, append("r1", 2)),
      ]);
      const expected = [
        "appended",
        "conflict",
        "repeated",
        "appended",
        "repeated",
        "fenced",
        "appended",
      ];
      assert.deepEqual(answers, expected);
      const streams = (await store.readAll(0, 10)).map(({ stream, seq }) => `${stream}/${seq}`);
      assert.deepEqual(streams, ["r1/1", "r1/2", "r2/1", "r1/3"]);
      assert.equal((await verifyJournal(store)).ok, true);
    },
  );

  rule(
    "what no store could keep is refused before it can spoil the appends beside it",
    async ({ store }) => {
      const bad: Partial<Append>[] = [
        { events: [event({ at: 1.5 })] },
        { events: [event({ by: "a\0b" })] },
        { events: [event({ type: "half \ud800" })] },
        { events: [event({ data: Number.NaN })] },
        { events: [event({ data: "x".repeat(1_000_001) })] },
        { intents: [{ id: "i", due: Number.POSITIVE_INFINITY, body: null }] },
        {
          intents: [
            { id: "i", due: 1, body: 1 },
            { id: "i", due: 2, body: 2 },
          ],
        },
        { row: boardRow("r1", { phase: "x".repeat(1001) }) },
        { wakeAt: 2 ** 60 },
        { request: "\0" },
        { expected: -1 },
      ];
      const good = store.append(append("r1"));
      for (const change of bad) {
        await assert.rejects(store.append(append("r2", 0, change)), /./, JSON.stringify(change));
      }
      assert.equal((await good).ok, true);
      assert.equal((await store.head()).position, 1);
    },
  );

  rule("data comes back as it was given, whatever JSON can say", async ({ store }) => {
    const odd = [
      '\0 \ud800 \u2028 é 😀 \\ "',
      { b: 1, a: [null, true, -0, 1e21, 5e-324, 0.1], "": {}, ключ: [] },
      JSON.parse('{"__proto__":{"x":1},"constructor":2}'),
    ];
    const property = fc.asyncProperty(
      fc.array(fc.jsonValue(), { maxLength: 4 }),
      async (values) => {
        const stream = `r${(await store.head()).position}`;
        const events = [...odd, ...values].map((data) => event({ data: data as never }));
        const intents = values.map((value, index) => ({
          id: `${stream}/${index}`,
          due: index,
          body: value as never,
        }));
        const given = await ok(store, append(stream, 0, { events, intents }));
        const same = (value: unknown) => JSON.parse(JSON.stringify(value));
        assert.deepEqual(same(await store.read(stream)), same(given));
        assert.deepEqual(same((await store.intents(stream)).map(({ body }) => body)), same(values));
      },
    );
    await fc.assert(property, { numRuns: 20 });
    assert.equal((await verifyJournal(store)).ok, true);
  });
}
