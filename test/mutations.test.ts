import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { MUTATIONS } from "../tools/mutations/list.ts";

test("every planted bug has a place in the core: what it changes stands there once, and becomes something else", () => {
  assert.ok(MUTATIONS.length >= 25, `${MUTATIONS.length} bugs`);
  assert.equal(new Set(MUTATIONS.map(({ name }) => name)).size, MUTATIONS.length);
  const wrong = MUTATIONS.filter(({ file, from, to }) => {
    const text = readFileSync(join(import.meta.dirname, "../src/core", file), "utf8");
    return text.split(from).length !== 2 || from === to;
  });
  assert.deepEqual(
    wrong.map(({ name, file }) => `${file}: ${name}`),
    [],
  );
});
