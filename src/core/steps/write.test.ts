import assert from "node:assert/strict";
import { test } from "node:test";
import { MINUTE } from "../base/time.ts";
import { walk } from "./given.fake.ts";
import { write } from "./write.ts";

const config = write.shape.parse({ branch: "main", push: "origin" });

test("it writes on its branch, with a message that says the version", () => {
  assert.deepEqual(walk(write, config).asked, [
    {
      ask: "write",
      branch: "main",
      push: "origin",
      withdrawn: false,
      message: "chore(release): 1.2.0",
    },
  ]);
  assert.equal(write.bound(config), 3 * MINUTE);
});

test("it is not taken back but marked as withdrawn, which itself is undone by nothing", () => {
  assert.deepEqual(write.undo(config), { undo: "nothing" });
  const [step] = write.setRight?.(config) ?? [];
  const marked = write.shape.parse(step?.config);
  assert.equal(step?.kind, "write");
  assert.deepEqual(walk(write, marked).asked, [
    {
      ask: "write",
      branch: "main",
      push: "origin",
      withdrawn: true,
      message: "chore(release): withdraw 1.2.0",
    },
  ]);
  assert.deepEqual(write.setRight?.(marked), []);
});
