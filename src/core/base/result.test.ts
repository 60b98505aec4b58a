import assert from "node:assert/strict";
import { test } from "node:test";
import { err, never, ok } from "./result.ts";

test("a result carries its value or its error", () => {
  assert.deepEqual(ok(1), { ok: true, value: 1 });
  assert.deepEqual(err("no"), { ok: false, error: "no" });
});

test("a case that was never thought of is told as a bug, with what it was", () => {
  assert.throws(() => never({ ask: "fly" } as never), /unreachable: \{"ask":"fly"\}/);
});
