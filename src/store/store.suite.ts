// What every store must do. A store's own test runs this on it; the memory store is the model for the others.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import fc from "fast-check";
import type { Append, Store } from "#app/ports/store.ts";
import { EMPTY_HEAD } from "#core/audit/entry.ts";
import { append, boardRow, event, NOON } from "../../test/appends.ts";
import { MemoryStore } from "./memory.ts";
import type { Piece, PortableStore } from "./transfer.ts";
import { verifyJournal } from "./verify-journal.ts";

interface Fixture {
  /** A fresh store. */
  readonly store: PortableStore;
  /** Another connection to the same store, as another process would have it. */
  again(): Promise<PortableStore>;
}

export interface Subject {
  /** A fresh, empty place for a store. */
  fresh(): Promise<Fixture>;
  /** Closes all stores that were opened since the last time. */
  closeStores(): Promise<void>;
  close(): Promise<void>;
}

export function storeSuite(name: string, start: () => Promise<Subject>): void {
  describe(name, () => {
    let subject: Subject;
    before(async () => {
      subject = await start();
    });
    after(() => subject.close());
    const rule = (title: string, body: (fixture: Fixture) => Promise<void>) =>
      test(title, async () => {
        try {
          await body(await subject.fresh());
        } finally {
          await subject.closeStores();
        }
      });
    appendRules(rule);
    workRules(rule);
    leaseRules(rule);
    crowdRules(rule);
    transferRules(rule, () => subject.fresh());
  });
}

type Rule = (title: string, body: (fixture: Fixture) => Promise<void>) => void;

async function ok(store: Store, asked: Append) {
  const answer = await store.append(asked);
  assert.equal(answer.ok, true, answer.ok ? "" : answer.error);
  return answer.ok ? answer.entries : [];
}

async function refused(store: Store, asked: Append): Promise<string> {
  const answer = await store.append(asked);
  return answer.ok ? "appended" : answer.error;
}

async function everything(store: PortableStore): Promise<Piece[]> {
  return Array.fromAsync(store.pieces());
}

function appendRules(rule: Rule): void {
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

function workRules(rule: Rule): void {
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
    "a name is held by whoever took it first, until that holder lets it go",
    async ({ store, again }) => {
      const other = await again();
      assert.equal(await store.hold("production", "r1"), "r1");
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

function leaseRules(rule: Rule): void {
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

function crowdRules(rule: Rule): void {
  rule(
    "fifty clients that append at once leave no gap, no double and no lost entry",
    async ({ store, again }) => {
      const other = await again();
      const acknowledged: string[] = [];
      const client = async (index: number) => {
        const through = index % 2 === 0 ? store : other;
        for (let round = 0; round < 6; round++) {
          const stream = `r${(index + round) % 7}`;
          const request = `${index}/${round}`;
          for (let answer: string = "conflict"; answer === "conflict"; ) {
            const seq = (await through.read(stream)).length;
            const events = Array.from({ length: 1 + (index % 3) }, () =>
              event({ data: { request } }),
            );
            answer = await refused(through, append(stream, seq, { events, request }));
            if (answer === "appended") acknowledged.push(request);
            assert.notEqual(answer, "repeated");
          }
        }
      };
      await Promise.all(Array.from({ length: 50 }, (_, index) => client(index)));
      const entries = await store.readAll(0, 10_000);
      assert.deepEqual(
        entries.map(({ position }) => position),
        entries.map((_, index) => index + 1),
      );
      for (const [stream, own] of Map.groupBy(entries, (entry) => entry.stream)) {
        assert.deepEqual(
          own.map(({ seq }) => seq),
          own.map((_, index) => index + 1),
          stream,
        );
      }
      const kept = new Set(entries.map(({ data }) => (data as { request: string }).request));
      assert.deepEqual([...kept].sort(), acknowledged.sort());
      assert.equal(acknowledged.length, 300);
      assert.equal((await verifyJournal(store)).ok, true);
    },
  );

  rule("any sequence of calls has the same answers as on the memory store", async ({ store }) => {
    const model = new MemoryStore();
    let epoch = 0;
    const property = fc.asyncProperty(
      fc.array(calls, { minLength: 10, maxLength: 40 }),
      async (sequence) => {
        // Streams, requests and owners of one run are strangers to the next, so that both stores go on as they are.
        const prefix = `${epoch++}:`;
        for (const call of sequence) {
          assert.deepEqual(
            await play(store, call, prefix),
            await play(model, call, prefix),
            call.do,
          );
        }
      },
    );
    await fc.assert(property, { numRuns: 30 });
    assert.deepEqual(sorted(await everything(store)), sorted(await everything(model)));
  });
}

const stream = fc.constantFrom("a", "b");
const moment = fc.integer({ min: 0, max: 9 });
const owner = fc.constantFrom("w1", "w2");
const intentIds = fc.uniqueArray(fc.constantFrom("i", "j", "k"), { maxLength: 3 });
const calls = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant("append" as const),
      stream,
      /** How far the decision lags behind the stream. */
      behind: fc.constantFrom(0, 0, 0, 0, 1),
      events: fc.integer({ min: 0, max: 3 }),
      intents: intentIds,
      at: moment,
      wakeAt: fc.option(moment),
      request: fc.option(fc.constantFrom("x", "y", "z"), { freq: 3 }),
      token: fc.option(fc.integer({ min: 0, max: 3 }), { freq: 3 }),
      owner,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant("postpone" as const),
      stream,
      intent: fc.constantFrom("i", "j", "k"),
      due: moment,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant("claim" as const),
      stream,
      owner,
      now: moment,
      lease: fc.integer({ min: 1, max: 9 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant("renew" as const),
      stream,
      owner,
      token: fc.integer({ min: 1, max: 3 }),
      until: moment,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant("yield" as const),
      stream,
      owner,
      token: fc.integer({ min: 1, max: 3 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant("hold" as const), name: stream, holder: owner }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant("letGo" as const), name: stream, holder: owner }),
  },
);
type Call = typeof calls extends fc.Arbitrary<infer T> ? T : never;

/** Makes one call and tells all that can be seen of it afterwards. */
async function play(store: Store, call: Call, prefix: string): Promise<unknown> {
  const answer = await make(store, call, prefix);
  if (!("stream" in call)) return answer;
  const name = prefix + call.stream;
  const [entries, intents, due, head] = [
    await store.read(name),
    await store.intents(name),
    await store.nextDue(),
    await store.head(),
  ];
  return { answer, entries, intents, due, head };
}

async function make(store: Store, call: Call, prefix: string): Promise<unknown> {
  if (call.do === "hold") return store.hold(prefix + call.name, call.holder);
  if (call.do === "letGo") return store.letGo(prefix + call.name, call.holder);
  const name = prefix + call.stream;
  if (call.do === "postpone") return store.postpone(`${name}/${call.intent}`, call.due);
  if (call.do === "claim") {
    const { owner, now, lease } = call;
    return store.claim({ owner, now, lease, limit: 1, stream: name });
  }
  if (call.do === "renew" || call.do === "yield") {
    const lease = { stream: name, owner: call.owner, token: call.token, until: 0 };
    return call.do === "renew" ? store.renew(lease, call.until) : store.yield(lease);
  }
  const seq = (await store.read(name)).length;
  const lease = { stream: name, owner: call.owner, token: call.token ?? 0, until: 0 };
  return store.append(
    append(name, Math.max(seq - call.behind, 0), {
      events: Array.from({ length: call.events }, (_, index) => event({ data: { index } })),
      intents: call.intents.map((id) => ({ id: `${name}/${id}`, due: call.at, body: { id } })),
      wakeAt: call.wakeAt,
      row: boardRow(name, { plannedAt: call.at }),
      ...(call.request === null ? {} : { request: prefix + call.request }),
      ...(call.token === null ? {} : { lease }),
    }),
  );
}

/** Pieces in an order that does not depend on how a store sorts what has no order. */
function sorted(pieces: readonly Piece[]): string[] {
  return pieces.map((piece) => JSON.stringify(piece)).sort();
}

function transferRules(rule: Rule, fresh: () => Promise<Fixture>): void {
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
