import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { textAt } from "./json.ts";

const found = (text: string, ...way: string[]) => {
  const result = textAt(text, way);
  assert.ok(result.ok);
  return result.value;
};

test("a text is found by its way, wherever it stands and whatever stands before it", () => {
  const text =
    '\ufeff{"a":[{"version":"9"},"]"],\n "b":{"\\"version":1,"version" : "1.2.3" },"c":-1.5e3}';
  const here = found(text, "b", "version");
  assert.equal(here?.value, "1.2.3");
  assert.equal(text.slice(here?.from, here?.to), '"1.2.3"');
  assert.equal(found(text, "version"), null);
  assert.equal(found(text, "b", "x", "y"), null);
  assert.equal(found('{"version":1}', "version"), null);
  assert.equal(found('{"a":"1","a":"2"}', "a")?.value, "2", "the last counts, as for JSON.parse");
});

test("a text that is no JSON is told with its place", () => {
  const broken = textAt('{"a": nope}', ["a"]);
  assert.ok(!broken.ok);
  assert.deepEqual(broken.error, { at: 6, sentence: "this is no JSON" });
});

test("it finds what JSON.parse finds, in every document and formatting", () => {
  const way = fc.array(fc.constantFrom("a", "b", "version"), { minLength: 1, maxLength: 3 });
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 3 }), way, fc.nat({ max: 4 }), (value, keys, indent) => {
      const document = { a: value, b: { a: "x", version: { b: "y" } }, version: "z" };
      const text = JSON.stringify(document, null, indent);
      const said = keys.reduce<unknown>(
        (at, key) =>
          at !== null && typeof at === "object" && !Array.isArray(at) && Object.hasOwn(at, key)
            ? (at as Record<string, unknown>)[key]
            : undefined,
        JSON.parse(text),
      );
      const here = found(text, ...keys);
      assert.equal(here?.value, typeof said === "string" ? said : undefined);
      if (here) assert.equal(JSON.parse(text.slice(here.from, here.to)), said);
    }),
  );
});

test("it says that a text is no JSON exactly where JSON.parse says so", () => {
  const piece = fc.constantFrom(
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    '"a"',
    "1",
    "-0.5e1",
    "null",
    " ",
    "01",
    "x",
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 9 }), (pieces) => {
      const text = pieces.join("");
      let parsed = true;
      try {
        JSON.parse(text);
      } catch {
        parsed = false;
      }
      assert.equal(textAt(text, ["a"]).ok, parsed, text);
    }),
    { numRuns: 3000 },
  );
});
