import assert from "node:assert/strict";
import { test } from "node:test";
import { rateFor } from "../rates.ts";

test("a shorter loan costs less", () => {
  assert.ok(rateFor(15) < rateFor(30));
});
