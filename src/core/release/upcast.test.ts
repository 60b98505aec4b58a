import assert from "node:assert/strict";
import { test } from "node:test";
import type { Json } from "../base/canonical.ts";
import { DONE } from "./given.fake.ts";
import {
  EVENT_VERSIONS,
  readEvent,
  UnknownEvent,
  UPCASTS,
  type Upcasts,
  writeEvent,
} from "./upcast.ts";

test("an event is read again as it was written", () => {
  const event = { type: "GateAnswered", gate: "build/tests", ask: 2, answer: DONE } as const;
  const kept = writeEvent(event);
  assert.deepEqual([kept.type, kept.version], ["GateAnswered", EVENT_VERSIONS.GateAnswered]);
  assert.deepEqual(readEvent(JSON.parse(JSON.stringify(kept))), event);
});

test("what is undefined is not written, and nothing of the type stays in the data", () => {
  const { data } = writeEvent({ type: "ItemTicked", gate: "a/b", item: "plan", note: undefined });
  assert.deepEqual(data, { gate: "a/b", item: "plan" });
});

/** As if shapes had changed twice: `why` was once called `cause`, and before that there was none. */
const upcasts: Upcasts = {
  ReleaseStopped: {
    1: (data) => ({ ...data, cause: "not said" }),
    2: ({ cause = "", ...data }) => ({ ...data, reason: cause }),
  },
};
const versions = { ReleaseStopped: 3 };

test("an event of an old version is brought to today's shape, version by version", () => {
  const read = (version: number, data: Json) =>
    readEvent({ type: "ReleaseStopped", version, data }, { upcasts, versions });
  assert.deepEqual(read(1, {}), { type: "ReleaseStopped", reason: "not said" });
  assert.deepEqual(read(2, { cause: "no disk" }), { type: "ReleaseStopped", reason: "no disk" });
  assert.deepEqual(read(3, { reason: "no disk" }), { type: "ReleaseStopped", reason: "no disk" });
});

test("an event of the future is refused with a sentence that says what to do", () => {
  for (const future of [
    { type: "ReleaseStopped", version: EVENT_VERSIONS.ReleaseStopped + 1, data: {} },
    { type: "ReleaseTeleported", version: 1, data: {} },
    { type: "constructor", version: 1, data: {} },
  ])
    assert.throws(
      () => readEvent(future),
      (error: unknown) =>
        error instanceof UnknownEvent &&
        error.message ===
          `The journal holds ${future.type} version ${future.version}, which this Holdpoint does not know. Install the newer version that wrote it.`,
    );
});

test("a version that nothing leads on from is refused, not guessed", () => {
  const gap = { upcasts: {}, versions };
  assert.throws(
    () => readEvent({ type: "ReleaseStopped", version: 2, data: {} }, gap),
    /no way from ReleaseStopped version 2 to 3/,
  );
});

test("every version that was ever written has its way to today's", () => {
  for (const [type, latest] of Object.entries(EVENT_VERSIONS))
    for (let version = 1; version < latest; version += 1)
      assert.equal(typeof UPCASTS[type]?.[version], "function", `${type} ${version}`);
});

test("readings that were written under their former name are read", () => {
  const reading = { at: 5, canary: null, baseline: null };
  const said = { verdict: "hold", reason: "no data" };
  assert.deepEqual(
    readEvent({ type: "TrafficLooked", version: 1, data: { sample: reading, ...said } }),
    { type: "TrafficLooked", reading, ...said },
  );
  for (const [type, more] of [
    ["GateAnswered", { gate: "a/b", ask: 1 }],
    ["StepAnswered", { step: "p/1-verify" }],
  ] as const) {
    const answer = { outcome: "done", facts: {}, sample: reading };
    const read = readEvent({ type, version: 1, data: { ...more, answer } });
    assert.deepEqual(read, {
      ...{ type, ...more },
      answer: { outcome: "done", facts: {}, reading },
    });
  }
});

test("plans with gates under the former names of their kinds are read", () => {
  const gate = (name: string, kind: string) => ({ name, kind, config: {}, level: "hold" });
  const plan = (kinds: readonly string[]) => ({
    release: "shop-1",
    phases: [{ name: "checks", gates: kinds.map((kind) => gate(kind, kind)), steps: [] }],
  });
  const old = ["check", "document", "documents"];
  for (const [type, more] of [
    ["ReleasePlanned", {}],
    ["ReleaseRevised", { changed: ["commit"] }],
  ] as const) {
    const read = readEvent({ type, version: 1, data: { plan: plan(old), ...more } });
    const kinds = "plan" in read ? read.plan.phases[0]?.gates.map(({ kind }) => kind) : [];
    assert.deepEqual(kinds, ["check", "in-force", "documentation"]);
  }
});
