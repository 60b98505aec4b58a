import assert from "node:assert/strict";
import { test } from "node:test";
import { SECOND } from "../base/time.ts";
import { walk } from "./given.fake.ts";
import { retire } from "./retire.ts";

test("it stops the new version, within the time that a rollback counts on", () => {
  assert.deepEqual(walk(retire, {}).asked, [{ ask: "retire", environment: "production" }]);
  assert.equal(retire.bound({}), 30 * SECOND);
  assert.deepEqual(retire.undo({}), { undo: "nothing" });
});
