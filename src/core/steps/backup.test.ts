import assert from "node:assert/strict";
import { test } from "node:test";
import { MINUTE } from "../base/time.ts";
import { backup } from "./backup.ts";
import { command, walk } from "./given.fake.ts";

const plain = backup.shape.parse({ run: ["backup"] });
const proved = backup.shape.parse({ run: ["backup"], verify: ["restore"] });

test("it takes the backup, then proves that it can be restored where the policy says how", () => {
  assert.deepEqual(walk(backup, plain).asked, [command("backup")]);
  assert.deepEqual(walk(backup, proved).asked, [command("backup"), command("restore")]);
});

test("each of its commands may take its time", () => {
  assert.deepEqual([backup.bound(plain), backup.bound(proved)], [10 * MINUTE, 20 * MINUTE]);
});

test("a backup needs no undoing", () => {
  assert.deepEqual(backup.undo(plain), { undo: "nothing" });
});
