import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { readReading } from "./reading.ts";

const counters = {
  requests: 10,
  errors: 1,
  latency: [
    [50, 4],
    [100, 10],
  ],
  databaseCalls: 3,
  databaseErrors: 0,
};
const look = { healthy: true, counters };
const of = (canary: unknown, more: object = {}) =>
  JSON.stringify({ canary, baseline: null, ...more });

test("a reading is read as it was printed; what it leaves out is nothing, and now", () => {
  const read = readReading(of(look), 5);
  assert.deepEqual(read, { ok: true, value: { at: 5, canary: look, baseline: null } });
  const small = readReading(
    of({ healthy: false, problem: "slow", counters: { requests: 1, errors: 0 } }, { at: 9 }),
    5,
  );
  assert.ok(small.ok && small.value.at === 9);
  assert.deepEqual(small.value.canary?.counters, {
    requests: 1,
    errors: 0,
    latency: [],
    databaseCalls: 0,
    databaseErrors: 0,
  });
});

test("a reading that cannot be is refused with what and where", () => {
  const cases: [string, string, RegExp][] = [
    ["", "no-json", /standard output, and nothing else/],
    [`${of(look)} trailing`, "no-json", /not JSON/],
    ["null", "shape", /the reading/],
    [JSON.stringify({ canary: look }), "shape", /baseline/],
    [of({ ...look, healthy: "yes" }), "shape", /canary\.healthy/],
    [of({ ...look, more: 1 }), "shape", /canary/],
    [
      of({ ...look, counters: { ...counters, requests: -1 } }),
      "shape",
      /canary\.counters\.requests/,
    ],
    [of({ ...look, counters: { ...counters, requests: 1e300 } }), "shape", /requests/],
    [
      of({ ...look, counters: { ...counters, errors: 11 } }),
      "contradiction",
      /more errors than requests/,
    ],
    [
      of({ ...look, counters: { ...counters, databaseErrors: 4 } }),
      "contradiction",
      /database errors/,
    ],
    [
      of({
        ...look,
        counters: {
          ...counters,
          latency: [
            [100, 4],
            [50, 9],
          ],
        },
      }),
      "contradiction",
      /rise/,
    ],
    [
      of({
        ...look,
        counters: {
          ...counters,
          latency: [
            [50, 4],
            [100, 3],
          ],
        },
      }),
      "contradiction",
      /rise/,
    ],
    [of({ ...look, counters: { ...counters, latency: [[50, 11]] } }), "contradiction", /latencies/],
    [
      of({ ...look, counters: { ...counters, latency: Array(201).fill([1, 1]) } }),
      "shape",
      /latency/,
    ],
    [of({ ...look, problem: "x".repeat(70_000) }), "too-long", /longer/],
    [`{"__proto__": {"canary": null}, "canary": null, "baseline": null}`, "shape", /./],
    ["[".repeat(60_000), "no-json", /./],
  ];
  for (const [text, code, says] of cases) {
    const read = readReading(text, 0);
    assert.ok(!read.ok, text.slice(0, 200));
    assert.equal(read.error.code, code, text.slice(0, 200));
    assert.match(read.error.reason, says);
  }
});

test("whatever is printed, reading it gives a reading or a typed problem", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      const read = readReading(text, 0);
      assert.ok(read.ok || read.error.reason.length > 0);
    }),
    { numRuns: 500 },
  );
});
