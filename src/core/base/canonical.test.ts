import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { canonical, plain } from "./canonical.ts";

test("the example of RFC 8785, section 3.2.2, is written as its section 3.2.3 has it", () => {
  const value: unknown = JSON.parse(String.raw`{
    "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
    "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
    "literals": [null, true, false]
  }`);
  assert.equal(
    canonical(value),
    `{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA'B\\"\\\\\\\\\\"/"}`,
  );
});

test("keys are sorted by UTF-16 code units, as in RFC 8785, section 3.2.3", () => {
  const keys = ["\u20ac", "\r", "\ufb33", "1", "\ud83d\ude00", "\u0080", "\u00f6"];
  const sorted = ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\ud83d\ude00", "\ufb33"];
  const text = canonical(Object.fromEntries(keys.map((key) => [key, 0])));
  assert.equal(text, `{${sorted.map((key) => `${JSON.stringify(key)}:0`).join(",")}}`);
});

test("numbers are written as in RFC 8785, appendix B", () => {
  const cases: readonly (readonly [number, string])[] = [
    [0, "0"],
    [-0, "0"],
    [5e-324, "5e-324"],
    [-5e-324, "-5e-324"],
    [1.7976931348623157e308, "1.7976931348623157e+308"],
    [9007199254740992, "9007199254740992"],
    [295147905179352830000, "295147905179352830000"],
    [9.999999999999997e22, "9.999999999999997e+22"],
    [1e21, "1e+21"],
    [1e-6, "0.000001"],
    [9.999999999999997e-7, "9.999999999999997e-7"],
  ];
  for (const [value, text] of cases) assert.equal(canonical(value), text);
});

test("any JSON is read again as it was, and the order of its keys changes nothing", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = canonical(value);
      assert.deepEqual(JSON.parse(text), JSON.parse(JSON.stringify(value)));
      assert.equal(canonical(reversed(value)), text);
    }),
  );
});

test("plain data is as JSON gives it back, and another than what was given", () => {
  const inner = fc.option(fc.jsonValue(), { nil: undefined });
  const anything = fc.oneof(
    fc.jsonValue(),
    fc.dictionary(fc.oneof(fc.string(), fc.constant("__proto__")), inner),
    fc.array(inner),
  );
  fc.assert(
    fc.property(anything, (value) => {
      assert.deepEqual(plain(value), JSON.parse(JSON.stringify(value)));
    }),
  );
  const given = { list: [1], left: undefined };
  const copy = plain(given) as unknown as typeof given;
  assert.notEqual(copy.list, given.list);
  assert.equal("left" in copy, false);
});

test("what JSON cannot say is refused, and not lost", () => {
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY, () => 1, 1n, undefined])
    assert.throws(() => plain({ deep: [value === undefined ? Symbol("no") : value] }), TypeError);
});

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, inner]) => [key, reversed(inner)]),
  );
}

test("fields that are undefined are left out, as JSON does", () => {
  assert.equal(canonical({ b: undefined, a: 1 }), '{"a":1}');
});

test("what JSON cannot say is a bug of the caller", () => {
  for (const value of [
    Number.NaN,
    Number.POSITIVE_INFINITY,
    undefined,
    () => 1,
    1n,
    Symbol("s"),
    [undefined],
  ])
    assert.throws(() => canonical(value), TypeError);
});
