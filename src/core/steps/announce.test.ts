import assert from "node:assert/strict";
import { test } from "node:test";
import { MINUTE } from "../base/time.ts";
import { announce } from "./announce.ts";
import { walk } from "./given.fake.ts";

const config = { channel: "team", message: "soon" };

test("it tells a channel a message and is done when that is taken; what was said cannot be unsaid and need not be", () => {
  const { asked, end } = walk(announce, config);
  assert.deepEqual(asked, [{ ask: "announce", channel: "team", message: "soon" }]);
  assert.equal(end.move, "done");
  assert.deepEqual(announce.undo(config), { undo: "nothing" });
  assert.equal(announce.bound(config), MINUTE);
});
