import assert from "node:assert/strict";
import { test } from "node:test";
import type { Entry } from "#core/audit/entry.ts";
import type { Json } from "#core/base/canonical.ts";
import { matching, since, tell } from "./timeline.ts";

const entry = (position: number, type: string, data: Json, by = "holdpoint"): Entry => ({
  ...{ position, stream: "shop-1.0.1", seq: position, type, version: 1, at: position, by, data },
  ...{ prev: "0".repeat(64), hash: String(position).padStart(64, "a") },
});
const opened = entry(1, "PhaseOpened", { phase: "build" });
const ticked = entry(2, "ItemTicked", { gate: "build/list", item: "seen" }, "lead@example.test");
const strange = entry(3, "WrittenTomorrow", {});

test("an entry is told in words, with its person; what Holdpoint did itself has none", () => {
  assert.equal(tell(opened).text, "phase build opened");
  assert.equal(tell(opened).by, "");
  assert.equal(tell(ticked).text, "ticked seen of build/list");
  assert.equal(tell(ticked).by, "lead@example.test");
});

test("an entry of a newer Holdpoint is shown by its type, not left out", () => {
  assert.match(tell(strange).text, /^WrittenTomorrow/);
  assert.equal(tell({ ...opened, version: 99 }).isNews, true);
});

test("what happened after the state that somebody saw is told; without a state, nothing", () => {
  const texts = (etag: string | null) => since([opened, ticked], etag).map(({ text }) => text);
  assert.deepEqual(texts('"1-1"'), ["ticked seen of build/list"]);
  assert.deepEqual(texts('"2-2"'), []);
  assert.deepEqual(texts(null), []);
  assert.deepEqual(texts("no tag"), []);
});

test("the journal is searched by words, person, release and hash, whatever the case", () => {
  const told = [opened, ticked].map(tell);
  const found = (typed: string) => matching(told, typed).map(({ position }) => position);
  assert.deepEqual(found("  "), [1, 2]);
  assert.deepEqual(found("LEAD@"), [2]);
  assert.deepEqual(found("shop-1.0.1"), [1, 2]);
  assert.deepEqual(found("aaa1"), [1]);
  assert.deepEqual(found("nothing like it"), []);
});
