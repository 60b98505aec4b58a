// A second, naive evaluator of the generated JSON Schema: editors must say yes and no where Holdpoint does.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { parse } from "yaml";
import type { Json } from "#core/base/canonical.ts";
import { isRecord } from "./kinds.ts";
import { POLICY_TEXT } from "./policy-text.fake.ts";
import { readPolicy } from "./read.ts";
import { policySchema } from "./schema.ts";

type Node = Record<string, never> & { [word: string]: never };

const WORDS: Record<string, (value: Json, of: never, schema: Node) => boolean> = {
  type: (value, of) => hasType(value, of),
  const: (value, of) => value === of,
  enum: (value, of: Json[]) => of.includes(value),
  pattern: (value, of) => typeof value !== "string" || new RegExp(of, "u").test(value),
  format: (value, of) => of !== "uri" || /^https?:\/\/\w/.test(String(value)),
  minLength: (value, of) => typeof value !== "string" || value.length >= of,
  maxLength: (value, of) => typeof value !== "string" || value.length <= of,
  minimum: (value, of) => typeof value !== "number" || value >= of,
  maximum: (value, of) => typeof value !== "number" || value <= of,
  minItems: (value, of) => !Array.isArray(value) || value.length >= of,
  maxItems: (value, of) => !Array.isArray(value) || value.length <= of,
  minProperties: (value, of) => !isRecord(value) || Object.keys(value).length >= of,
  required: (value, of: string[]) =>
    !isRecord(value) || of.every((key) => Object.hasOwn(value, key)),
  anyOf: (value, of: Node[]) => of.some((schema) => allows(schema, value)),
  oneOf: (value, of: Node[]) => of.filter((schema) => allows(schema, value)).length === 1,
  items: (value, of) => !Array.isArray(value) || value.every((item) => allows(of, item)),
  propertyNames: (value, of) =>
    !isRecord(value) || Object.keys(value).every((key) => allows(of, key)),
  properties: (value, of: Node) =>
    !isRecord(value) ||
    Object.entries(value).every(
      ([key, item]) => !Object.hasOwn(of, key) || allows(of[key] as never, item),
    ),
  additionalProperties: (value, of, schema) =>
    !isRecord(value) ||
    Object.entries(value).every(
      ([key, item]) =>
        Object.hasOwn(schema["properties"] ?? {}, key) || (of !== false && allows(of, item)),
    ),
};
const SILENT = ["$schema", "title", "description", "default", "examples"];

function allows(schema: Node, value: Json): boolean {
  return Object.entries(schema).every(([word, of]) => {
    if (SILENT.includes(word)) return true;
    const judge = WORDS[word];
    if (judge === undefined) throw new Error(`the evaluator does not know ${word}`);
    return judge(value, of, schema);
  });
}

function hasType(value: Json, type: string): boolean {
  if (type === "integer") return Number.isSafeInteger(value);
  if (type === "object") return isRecord(value);
  if (type === "array") return Array.isArray(value);
  return typeof value === type;
}

const VALUES: Json[] = [
  ...[null, true, 0, 1, -1, 2.5, 1000, "", "x", "patch", "lead", "5 min", "10 %", "v{version}"],
  ...["2026-01-01", "lead@example.test", "/health", "https://example.test", "T-1 h", "A B"],
  ...[[], ["x"], [1], {}, { x: 1 }, { deploy: {} }, { run: ["x"] }, { roles: {} }, { console: {} }],
];

/** The data with the value at one of its places replaced, taken out or given a neighbour. */
function mutated(data: Json, pick: readonly number[], value: Json): Json {
  const [first = 0, ...rest] = pick;
  const keys = isRecord(data) || Array.isArray(data) ? Object.keys(data) : [];
  if (keys.length === 0 || first % 5 === 0) return value;
  const copy = structuredClone(data) as Record<string, Json>;
  const key = keys[first % keys.length] ?? "";
  if (rest.length > 0) copy[key] = mutated(copy[key] ?? null, rest, value);
  else if (first % 3 === 0 && !Array.isArray(data)) delete copy[key];
  else copy[Array.isArray(data) ? keys.length : "extra"] = value;
  return copy;
}

describe("the generated JSON Schema", () => {
  it("says yes and no to a policy as the reader does", () => {
    const good = parse(POLICY_TEXT) as Json;
    const schema = policySchema() as unknown as Node;
    const seen = { yes: 0, no: 0 };
    const picks = fc.array(fc.nat(1000), { minLength: 1, maxLength: 7 });
    fc.assert(
      fc.property(picks, fc.constantFrom(...VALUES), (pick, value) => {
        const data = mutated(good, pick, value);
        const reads = readPolicy("x", JSON.stringify(data)).ok;
        assert.equal(allows(schema, data), reads, JSON.stringify(data));
        seen[reads ? "yes" : "no"] += 1;
      }),
      { numRuns: 600 },
    );
    assert.ok(seen.yes > 10 && seen.no > 100, `one-sided: ${JSON.stringify(seen)}`);
  });
});
