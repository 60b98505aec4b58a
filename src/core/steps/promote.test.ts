import assert from "node:assert/strict";
import { test } from "node:test";
import { MINUTE } from "../base/time.ts";
import { walk } from "./given.fake.ts";
import { promote } from "./promote.ts";

test("it makes the new version the stable one, after which there is no way back", () => {
  assert.deepEqual(walk(promote, {}).asked, [{ ask: "promote", environment: "production" }]);
  assert.equal(promote.undo({}).undo, "impossible");
  assert.equal(promote.bound({}), MINUTE);
});
