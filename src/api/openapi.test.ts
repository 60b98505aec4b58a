import assert from "node:assert/strict";
import { test } from "node:test";
import { openapiDocument } from "./openapi.ts";
import { OPERATIONS, route } from "./routes.ts";

interface Operation {
  readonly operationId: string;
  readonly "x-permission": string;
  readonly security?: unknown[];
  readonly requestBody?: unknown;
  readonly parameters: { readonly name: string; readonly in: string; readonly required: boolean }[];
  readonly responses: Record<string, { content: Record<string, unknown> }>;
}
const document = openapiDocument() as {
  readonly openapi: string;
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: { readonly schemas: Record<string, unknown> };
};
const operations = Object.values(document.paths).flatMap((methods) => Object.values(methods));

test("the document is OpenAPI 3.1 and has every route once, under its operationId", () => {
  assert.match(document.openapi, /^3\.1\./);
  assert.deepEqual(operations.map(({ operationId }) => operationId).sort(), OPERATIONS.toSorted());
  for (const id of OPERATIONS) {
    const { path, method } = route(id);
    assert.equal(document.paths[path]?.[method]?.operationId, id);
  }
});

test("every reference leads to a schema of the document", () => {
  const refs = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(
    ([, ref]) => ref ?? "",
  );
  assert.ok(refs.length > 20);
  for (const ref of refs) {
    const name = /^#\/components\/schemas\/([A-Za-z]+)$/.exec(ref)?.[1] ?? "";
    assert.ok(Object.hasOwn(document.components.schemas, name), ref);
  }
});

test("every act wants a key, every POST a body, and only public routes want no token", () => {
  for (const operation of operations) {
    const isAct = operation["x-permission"] === "act";
    const key = operation.parameters.find(({ name }) => name === "Idempotency-Key");
    assert.equal(key?.required ?? false, isAct, operation.operationId);
    const hasBody = isAct || operation["x-permission"] === "push";
    assert.ok(!hasBody || operation.requestBody !== undefined, operation.operationId);
    assert.equal(operation.security?.length === 0, operation["x-permission"] === "public");
  }
});

test("every path parameter is declared, and every problem is problem+json", () => {
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const { parameters, responses } of Object.values(methods)) {
      const named = parameters.filter((one) => one.in === "path").map(({ name }) => `{${name}}`);
      assert.deepEqual(named, path.match(/\{[a-z]+\}/g) ?? []);
      for (const [status, { content }] of Object.entries(responses)) {
        if (Number(status) >= 400)
          assert.deepEqual(Object.keys(content), ["application/problem+json"]);
      }
    }
  }
});
