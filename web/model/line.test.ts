import assert from "node:assert/strict";
import { test } from "node:test";
import { lineAfter, lineHeard, NO_LINE } from "./line.ts";

test("the line to the server is joined, live, or comes back soon, or there is no network", () => {
  const live = lineHeard(NO_LINE, "first", 5);
  const state = (open: boolean, online: boolean, from = live) =>
    lineAfter(from, { open, online }).state;
  assert.equal(state(false, true, NO_LINE), "joining");
  assert.equal(state(true, true), "live");
  assert.equal(state(false, true), "back soon");
  assert.equal(state(true, false), "offline");
  assert.equal(state(false, true, lineAfter(live, { open: false, online: false })), "back soon");
});

test("that the server was started anew is known by its first word, and only then", () => {
  const first = lineHeard(NO_LINE, "first", 5);
  assert.deepEqual(first, { state: "live", server: "first", restartedAt: null });
  assert.equal(lineHeard(first, "first", 9).restartedAt, null, "only the line was gone");
  const second = lineHeard(lineAfter(first, { open: false, online: true }), "second", 12);
  assert.deepEqual(second, { state: "live", server: "second", restartedAt: 12 });
  assert.equal(lineHeard(second, "second", 20).restartedAt, 12);
});
