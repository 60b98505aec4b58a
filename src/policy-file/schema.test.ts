import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { GATES } from "#core/gates/table.ts";
import { channelShapes, platformShapes } from "#core/policy/outside.ts";
import { STEPS } from "#core/steps/table.ts";
import { kindsOf, policySchema, type Schema, schemaAt } from "./schema.ts";

describe("policySchema", () => {
  it("wants exactly one kind wherever there are kinds", () => {
    const kindsAt = (...path: (string | number)[]) => kindsOf(schemaAt(path) ?? {});
    assert.deepEqual(kindsAt("gates", "any"), Object.keys(GATES));
    assert.deepEqual(kindsAt("phases", "any", "steps", 0), Object.keys(STEPS));
    assert.deepEqual(kindsAt("rollback", "verify", 0), Object.keys(STEPS));
    assert.deepEqual(kindsAt("environments", "any"), Object.keys(platformShapes));
    assert.deepEqual(kindsAt("channels", "any"), Object.keys(channelShapes));
  });

  it("shows defaults as their author would write them", () => {
    const at = (...path: (string | number)[]) => schemaAt(path)?.default;
    assert.equal(at("gates", "any", "check", "timeout"), "10 min");
    assert.equal(at("rollback", "on", "database", "above"), "50 %");
    assert.deepEqual(at("guard", "look"), [{ every: "5 s", for: "1 h" }, { every: "1 min" }]);
    assert.deepEqual(at("phases", "any", "gates"), []);
    assert.equal(at("versioning"), undefined);
  });

  it("means something at every key, and speaks JSON Schema only", () => {
    for (const { path, schema } of everyKey(policySchema(), "")) {
      assert.ok(schema.description, `${path} has no description`);
      assert.ok(!("unit" in schema) && !("kinds" in schema), path);
    }
  });

  it("shows an example of every kind, which the kind's own shape takes", () => {
    for (const table of [GATES, STEPS, platformShapes, channelShapes])
      for (const [kind, { shape }] of Object.entries(table)) {
        const examples = shape.meta()?.examples ?? [];
        assert.ok(Array.isArray(examples) && examples.length > 0, `${kind} has no example`);
        for (const example of examples) assert.ok(shape.safeParse(example).success, kind);
      }
  });

  it("finds what belongs at a path, and nothing where nothing does", () => {
    assert.equal(schemaAt(["system"])?.type, "string");
    assert.equal(schemaAt(["nothing", 3]), undefined);
    assert.equal(schemaAt(["toString"]), undefined);
    assert.equal(schemaAt(["objectives", "any", "most"])?.type, "string");
  });
});

function everyKey(schema: Schema, path: string): { path: string; schema: Schema }[] {
  const own = Object.entries(schema.properties ?? {}).flatMap(([key, of]) => [
    { path: `${path}.${key}`, schema: of },
    ...everyKey(of, `${path}.${key}`),
  ]);
  const within = [schema.additionalProperties || undefined, schema.items, ...(schema.anyOf ?? [])];
  return [
    ...own,
    ...within.flatMap((inner) => (inner === undefined ? [] : everyKey(inner, `${path}.*`))),
  ];
}
