import assert from "node:assert/strict";
import { test } from "node:test";
import { changesOf, strangersAmong } from "./changes.ts";

const commit = (id: string, message: string, at = 0, parents = ["p"]) => ({
  id,
  message,
  at,
  parents,
});
const COMMITS = [
  commit("aaaaaaaaaaaaaa", "fix: round", 30),
  commit("bbbbbbbbbbbbbb", "fix(deps): raise zod", 20),
  commit("cccccccccccccc", "feat: compare", 10),
  commit("dddddddddddddd", "tidy up", 5),
  commit("eeeeeeeeeeeeee", "Merge branch 'x'", 40, ["p", "q"]),
];

test("a release carries commits by type, with the latest of each; merges and nothing else are left out", () => {
  assert.deepEqual(changesOf(COMMITS), {
    fix: { count: 2, last: 30, commit: "aaaaaaaaaaaaaa" },
    feat: { count: 1, last: 10, commit: "cccccccccccccc" },
    untyped: { count: 1, last: 5, commit: "dddddddddddddd" },
  });
});

test("SS-01: a type that allows fixes and bars dependencies names each commit that it may not carry", () => {
  const rule = { allows: ["fix"], bars: ["deps"] };
  assert.equal(strangersAmong(COMMITS.slice(0, 1), rule), null);
  const told = strangersAmong(COMMITS, rule) ?? "";
  assert.match(told, /fix\(deps\)/);
  assert.match(told, /feat/);
  assert.match(told, /untyped/);
  assert.doesNotMatch(told, /aaaaaaaa|eeeeeeee/);
});

test("a type that says nothing carries everything, and of many only five are named", () => {
  assert.equal(strangersAmong(COMMITS, { allows: [], bars: [] }), null);
  const many = Array.from({ length: 9 }, (_, index) => commit(`${index}`.repeat(14), "feat: x"));
  assert.match(strangersAmong(many, { allows: ["fix"], bars: [] }) ?? "", / and 4 more$/);
});
