import assert from "node:assert/strict";
import fc from "fast-check";
import type { Store } from "#app/ports/store.ts";
import { append, boardRow, event } from "../../../test/appends.ts";
import { MemoryStore } from "../memory.ts";
import { everything, type Rule, sorted } from "./rule.suite.ts";

/** Whatever is asked in whatever order: the memory store answers the same. */
export function modelRules(rule: Rule): void {
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
    await fc.assert(property, { numRuns: 15 });
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
  { weight: 1, arbitrary: fc.record({ do: fc.constant("holder" as const), name: stream }) },
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
  if (call.do === "holder") return store.holder(prefix + call.name);
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
